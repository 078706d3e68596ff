"""Refusals: every rule that says no raises one of these, and its docstring is what the user reads."""

from typing import Any


class DomainError(Exception):
    """操作未能完成。"""

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(self.message % values)

    @property
    def message(self) -> str:
        """The sentence in Chinese, with ``%(name)s`` places still open; also the key of its translation."""
        return one_line(self.__doc__ or "")


def one_line(sentence: str) -> str:
    """Return a docstring that was wrapped for the eye as the one sentence it is."""
    return "".join(line.strip() for line in sentence.splitlines())


class InvalidValue(DomainError):
    """填写的内容不正确。"""


class NotFound(DomainError):
    """没有找到这条记录，它可能不存在，或不在您的管辖范围内。"""


class Forbidden(DomainError):
    """您没有办理这项业务的权限。请联系本单位的系统管理员。"""


class StaleVersion(DomainError):
    """这条记录在您编辑期间已被他人修改，请核对后再保存。"""
