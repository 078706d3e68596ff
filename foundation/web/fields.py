"""Form fields that read the values of the trade exactly and refuse the rest with a sentence and its cure."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import Choice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.utils import unset_value
from wtforms.widgets import TextInput

from foundation.clock import today
from foundation.errors import DomainError, InvalidValue
from foundation.identity.id_number import parse_id_number
from foundation.identity.phone import parse_phone
from foundation.typesetting import unprintable
from foundation.values.area import mu, parse_mu, parse_square_metres, square_metres
from foundation.values.dates import parse_date
from foundation.values.money import parse_yuan, plain_yuan
from foundation.values.percent import parse_percent, plain_percent
from foundation.web.wording import term, translated
from foundation.wording import Term

PLEASE_CHOOSE = _l("请选择")
_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
"""Characters that no keyboard types and PostgreSQL does not store; a paste may carry them."""
_PICTURES = frozenset({"So", "Sk", "Co", "Cn", "Cs"})
"""Categories of characters that are no writing; rare characters of names are letters and pass."""


class TextTooLong(InvalidValue):
    """内容过长，最多 %(limit)s 个字；请删减后再保存。"""


class NotPrintable(InvalidValue):
    """“%(characters)s”打印不出来；请删去表情等符号，改用文字。"""


class NotACount(InvalidValue):
    """“%(text)s”不是整数；请填写如 12 这样的整数。"""


class CountOutOfRange(InvalidValue):
    """数值应在 %(least)s 到 %(most)s 之间；请核对后填写。"""


class NoSuchChoice(InvalidValue):
    """“%(text)s”不在可选范围内；请从列表中选择。"""


class NothingFound(InvalidValue):
    """没有找到“%(text)s”；请核对名称或编码，也可以从列表中选择。"""


class SeveralFound(InvalidValue):
    """“%(text)s”对应 %(count)s 个：%(labels)s；请选定其中一个，或填写编码。"""


class ReadField(wtforms.Field):
    """A field whose text is read into a value; an unreadable text stays in the box beside its refusal."""

    widget: Any = TextInput()
    input_attributes: ClassVar[dict[str, str]] = {}

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        kwargs["render_kw"] = {**self.input_attributes, **(kwargs.get("render_kw") or {})}
        super().__init__(label, list(validators), **kwargs)

    def read(self, text: str) -> Any:
        """Return the value of a written text or raise a ``DomainError``."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Return a value as it stands in the box."""
        return str(value)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was sent; an empty box is no value."""
        if not valuelist:
            return
        text = unicodedata.normalize("NFC", str(valuelist[0]).translate(_CONTROLS)).strip()
        self.data = None
        if text:
            try:
                self.data = self.read(text)
            except DomainError as error:
                raise ValueError(translated(error)) from error


class TextField(ReadField):
    """A line of text, trimmed; an empty line is None."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, limit: int = 200, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.limit = limit

    def read(self, text: str) -> str:
        """Return the text unless it is too long or holds a picture that no paper can show."""
        if len(text) > self.limit:
            raise TextTooLong(limit=self.limit)
        pictures = "".join(char for char in text if unicodedata.category(char) in _PICTURES)
        if pictures and (missing := unprintable(pictures)):
            raise NotPrintable(characters="".join(sorted(missing)))
        return text


class LongTextField(TextField):
    """Several lines of text, trimmed at both ends."""

    widget: Any = wtforms.widgets.TextArea()

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, limit: int = 4000, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, limit=limit, **kwargs)

    def read(self, text: str) -> str:
        """Return the text with plain line ends."""
        return super().read(text.replace("\r\n", "\n"))


class YuanField(ReadField):
    """Money: written in yuan, kept in fen."""

    input_attributes: ClassVar = {"inputmode": "decimal", "data-kind": "yuan"}

    def read(self, text: str) -> Any:
        """Return the fen."""
        return parse_yuan(text)

    def show(self, value: Any) -> str:
        """Return the yuan without commas."""
        return plain_yuan(value)


class MuField(ReadField):
    """An area in mu, kept in hundredths."""

    input_attributes: ClassVar = {"inputmode": "decimal", "data-kind": "mu"}

    def read(self, text: str) -> Any:
        """Return hundredths of a mu."""
        return parse_mu(text)

    def show(self, value: Any) -> str:
        """Return the mu to two places."""
        return mu(value)


class SquareMetresField(ReadField):
    """An area in square metres, kept in hundredths."""

    input_attributes: ClassVar = {"inputmode": "decimal"}

    def read(self, text: str) -> Any:
        """Return hundredths of a square metre."""
        return parse_square_metres(text)

    def show(self, value: Any) -> str:
        """Return the square metres to two places."""
        return square_metres(value)


class PercentField(ReadField):
    """A percentage, kept in basis points."""

    input_attributes: ClassVar = {"inputmode": "decimal"}

    def read(self, text: str) -> Any:
        """Return basis points."""
        return parse_percent(text)

    def show(self, value: Any) -> str:
        """Return the percentage without its sign."""
        return plain_percent(value)


class CountField(ReadField):
    """A whole number within its bounds."""

    input_attributes: ClassVar = {"inputmode": "numeric"}

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Any] = (),
        *,
        least: int = 0,
        most: int = 1_000_000,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.least, self.most = least, most

    def read(self, text: str) -> int:
        """Return the number."""
        plain = unicodedata.normalize("NFKC", text).replace(",", "")
        if not plain.isascii() or not plain.lstrip("-").isdigit():
            raise NotACount(text=text)
        if not self.least <= int(plain) <= self.most:
            raise CountOutOfRange(least=self.least, most=self.most)
        return int(plain)


class DateField(ReadField):
    """A day, written as people write days: 2026-3-1, 20260301, 2026年3月1日."""

    input_attributes: ClassVar = {"placeholder": "2026-03-01", "data-kind": "date", "autocomplete": "off"}

    def read(self, text: str) -> date:
        """Return the day."""
        return parse_date(text)

    def show(self, value: Any) -> str:
        """Return the day in figures."""
        return str(value.isoformat())


class IdNumberField(ReadField):
    """A citizen's ID number, its check digit and date proved."""

    input_attributes: ClassVar = {"maxlength": "24", "autocomplete": "off"}

    def read(self, text: str) -> str:
        """Return the 18 characters."""
        return parse_id_number(text, today()).value


class PhoneField(ReadField):
    """A telephone number, mobile or of an office."""

    input_attributes: ClassVar = {"inputmode": "tel", "autocomplete": "off"}

    def read(self, text: str) -> str:
        """Return the number in its one written form."""
        return parse_phone(text)


class ParsedField(ReadField):
    """A text proved by a parser of the trade: a credit code, a bank card, a registry code."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, parse: Callable[[str], Any], **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.parse = parse

    def read(self, text: str) -> Any:
        """Return what the parser makes of the text."""
        return self.parse(text)


class TermField(wtforms.SelectField):
    """One member of an enumeration of the trade; a blank choice stands for none."""

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Any] = (),
        *,
        terms: type[Term] | Sequence[Term],
        blank: Any = PLEASE_CHOOSE,
        **kwargs: Any,
    ) -> None:
        self.members = {member.value: member for member in terms}
        self.blank = blank
        super().__init__(label, list(validators), choices=(), validate_choice=False, **kwargs)

    def iter_choices(self) -> Iterator[Any]:
        """Yield the choices in the reader's language."""
        if self.blank is not None:
            yield Choice("", str(self.blank), self.data is None, {})
        for member in self.members.values():
            yield Choice(member.value, term(member), member == self.data, {})

    def has_groups(self) -> bool:
        """Terms stand in one row."""
        return False

    def process_data(self, value: Any) -> None:
        """Take a member or its code; anything else is none."""
        self.data = self.members.get(str(value)) if value is not None else None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the member of a sent code."""
        if not valuelist:
            return
        self.data = self.members.get(valuelist[0])
        if self.data is None and (valuelist[0] or self.blank is None):
            raise ValueError(translated(NoSuchChoice(text=valuelist[0])))


class ChoiceField(wtforms.SelectField):
    """One of a few rows handed in by the view as ``choices`` (key, label); the key is read by ``coerce``."""

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Any] = (),
        *,
        coerce: Callable[[str], Any] = int,
        blank: Any = PLEASE_CHOOSE,
        **kwargs: Any,
    ) -> None:
        self.blank = blank
        self.read_key = coerce
        rows = kwargs.pop("choices", ())
        super().__init__(label, list(validators), choices=(), validate_choice=False, **kwargs)
        self.choices = rows

    def iter_choices(self) -> Iterator[Any]:
        """Yield the blank choice and the rows."""
        if self.blank is not None:
            yield Choice("", str(self.blank), self.data is None, {})
        for key, label in self._rows():
            yield Choice(str(key), str(label), key == self.data, {})

    def has_groups(self) -> bool:
        """Rows stand in one list."""
        return False

    def _rows(self) -> Iterable[tuple[Any, Any]]:
        choices: Any = self.choices
        return choices or ()

    def process_data(self, value: Any) -> None:
        """Take the key as it is."""
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the key that was sent."""
        if not valuelist:
            return
        try:
            self.data = self.read_key(valuelist[0]) if valuelist[0] else None
        except ValueError:
            raise ValueError(translated(NoSuchChoice(text=valuelist[0]))) from None

    def pre_validate(self, form: Any) -> None:
        """Refuse a key that was not offered."""
        if self.data is not None and self.data not in {key for key, _label in self._rows()}:
            raise wtforms.ValidationError(translated(NoSuchChoice(text=self.data)))


class CheckField(wtforms.BooleanField):
    """A yes or no."""


Found = Sequence[tuple[str, str]]
"""What a picker finds: keys and labels that tell namesakes apart."""


class PickerField(ReadField):
    """A row of the register, found by what people know of it: name, part of a name, initials, code.

    ``find`` answers a text with the rows within the viewer's scope; exactly one is taken, several are
    refused with their labels. ``source`` is the address of the same search as JSON (``?q=`` →
    ``{"found": [{"key", "label"}]}``), which the script uses; without script the text alone serves.
    The form's view sets ``find`` (and ``label_of`` to show a stored key) before it validates.
    """

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, source: str = "", **kwargs: Any
    ) -> None:
        kwargs["render_kw"] = {
            "data-picker": source,
            "autocomplete": "off",
            **(kwargs.get("render_kw") or {}),
        }
        super().__init__(label, validators, **kwargs)
        self.find: Callable[[str], Found] | None = None
        self.label_of: Callable[[str], str] = str
        self.found: Found = ()

    def show(self, value: Any) -> str:
        """Return "key label", which the field also reads back."""
        label = self.label_of(str(value))
        return str(value) if label == str(value) else f"{value} {label}"

    def read(self, text: str) -> str:
        """Return the text; it is looked up when the form is validated."""
        return text

    def pre_validate(self, form: Any) -> None:
        """Look the text up; a picker fills in the key and a label, long or short, which must agree."""
        if self.data is None or self.find is None or not self.raw_data:
            return
        text = str(self.data)
        key, _, label = text.partition(" ")
        if label and self._is_shown_as(key, text):
            self.data = key
            return
        picked = [row for row in self.find(key) if row[0] == key and (label in row[1] or row[1] in label)]
        self.found = picked[:1] or self.find(text)
        match self.found:
            case []:
                raise wtforms.ValidationError(translated(NothingFound(text=text)))
            case [(only, _label)]:
                self.data = only
            case several:
                labels = "、".join(f"{row[0]} {row[1]}" for row in several[:5])
                raise wtforms.ValidationError(
                    translated(SeveralFound(text=text, count=len(several), labels=labels))
                )

    def _is_shown_as(self, key: str, text: str) -> bool:
        """Tell whether a text is a key with its label; what nobody ever picked may be no key at all."""
        try:
            return text == self.show(key)
        except (ValueError, OverflowError, DomainError):
            return False


class DivisionField(PickerField):
    """An administrative division by its 12-digit code or its name."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, source="/foundation/divisions/picker", **kwargs)


class LinesField(wtforms.FieldList):  # type: ignore[type-arg]  # generic in the stubs only
    """Several lines of one small form, with spare blank ones at the end; a blank line is no line."""

    def __init__(self, line: type[wtforms.Form], label: Any = None, *, spare: int = 2, **kwargs: Any) -> None:
        super().__init__(wtforms.FormField(line), label, **kwargs)
        self.spare = spare

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the lines and put the spare ones behind them."""
        super().process(formdata, data, extra_filters)
        for _ in range(self.spare - sum(is_blank(line) for line in self.lines)):
            self.append_entry()

    @property
    def lines(self) -> list[Any]:
        """Every line's form, the blank ones included."""
        return [entry.form for entry in self.entries]

    def filled(self) -> list[Any]:
        """Return the forms of the lines that say something."""
        return [line for line in self.lines if not is_blank(line)]

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Prove the lines that say something; their refusals stay at their own boxes."""
        self.errors = [line.errors for line in self.filled() if not line.validate()]
        return not self.errors


def is_blank(line: wtforms.Form) -> bool:
    """Tell whether nothing was written into a line; what is only chosen or ticked says nothing by itself."""
    return not any(isinstance(field, ReadField) and field._value().strip() for field in line)
