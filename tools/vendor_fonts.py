"""Rebuild the fonts below ``static/fonts`` from their packages: ``python -m tools.vendor_fonts``.

Needs npm, apt-get and dpkg on a Debian bookworm; the same packages give the same bytes.
"""

import gzip
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from foundation.vendored import VendoredFile, digest_of
from tools.vendoring import STATIC, fetch_deb, fetch_npm, record

FOLDER = "fonts"
CURVE_TOLERANCE = 1.0  # of 1000 units per em: not visible at any size that is printed
BEYOND_BMP = 0x10000
SCREEN_TABLES = [
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "STAT",
    "vhea",
    "vmtx",
    "VORG",
    "DSIG",
    "gasp",
    "VDMX",
    "FFTM",
]
SIGNS_WANTED = "㎡㎏㎝㎞㊣〔〕—…·‘’“”－～￥¥‰℃①②③④⑤⑥⑦⑧⑨⑩×÷±≤≥√"
NAMES_WANTED = (
    "喆堃玥昇祎淼犇垚赟翀頔燚骉瑀珅晟晖烜烨焱煜熠琬琰瑄璟璐璇瓅婳妤姮嫄嬿媖婕婧妘倓偲儇翾翯翛"
    "芃芾苡苠茜菡萱葳蕲蕙薏蘅杺杉枘栩桢梽棽楠槿樾橦沄沚沛泓洺浛浠淏淦湉湜溍滢漪潆澍澔澧濡灏"
    "钰钊钲铖铭锳锟镕镔镐韫韬馥骐骞骁骙鹍鹭麒麟黛龑旻昀昉昕昶晗晔暄曦朗祐祺禛禔稷穗竑筠箐翊"
    "衎裎谡谞赟跶轩轶迦逯邡邬郗郦郯郜鄄鄢隗雎霁霖靓颀颢飏飖佘佟仝仉仵亓亶丕乂侃俪傢冼冉冀劼"
    "勍勐匡卲卞叡呙咏哲喬嘉嚞囡圳坤垣埕堉塬壹夔奕娅宓寘尧屹岚岱峤峻崟嵘嶔巍帏幸庹彧徕忻恺悝"
    "惇愔愷慜懋戢扈扬抃拓挚捷揆摰敉斐旸映晁曌朴杞查柒柘栾桀桓楷榕欣歆毓氿汜汶沅沣洵浚涵淇渊"
    "湛溥滕潞潼瀚炅炜炤炫烊焜焯煊煦燊爔牧猷玓玘玟玮玹珂珈珏珑珞珣珩珺琀琎琛琤琦琨琪琮琳琼瑗瑜"
    "瑞瑶瑾璁璋璎璘璞璠璨瓒甯畀畅畿皓皞盈睿瞻矗砚硕祁祚祥禄禹禾秉稚穆竣笠筱粲纮绂绮缇缨缪罡羲"
)


class Keep(Enum):
    """Which characters of a face go into its subset."""

    ALL = auto()
    COMMON = auto()
    RARE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Where a font comes from."""

    name: str
    version: str
    fetch: Callable[[str, str, Path], Path]

    @property
    def source(self) -> str:
        """How the manifest names it, for example ``npm:name@version``."""
        return f"{'npm' if self.fetch is fetch_npm else 'debian'}:{self.name}@{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One vendored face: its origin, its new name, and which characters it keeps."""

    role: str
    family: str
    package: Package
    path: str
    version: str
    licence: str
    licence_path: str
    keep: Keep


NOTO_SERIF = Package(name="@expo-google-fonts/noto-serif-sc", version="0.4.3", fetch=fetch_npm)
NOTO_SANS = Package(name="@expo-google-fonts/noto-sans-sc", version="0.4.3", fetch=fetch_npm)
WENKAI = Package(name="fonts-lxgw-wenkai", version="1.250+repack-1", fetch=fetch_deb)
FANDOL = Package(name="texlive-lang-chinese", version="2022.20230122-1", fetch=fetch_deb)
HANAZONO = Package(name="fonts-hanazono", version="20170904-2.1", fetch=fetch_deb)

FACES = [
    Face(
        role="song",
        family="Shecun Song",
        package=NOTO_SERIF,
        path="400Regular/NotoSerifSC_400Regular.ttf",
        version="2.003",
        licence="OFL-1.1",
        licence_path="LICENSE_FONT",
        keep=Keep.ALL,
    ),
    Face(
        role="xiaobiaosong",
        family="Shecun Title Song",
        package=NOTO_SERIF,
        path="900Black/NotoSerifSC_900Black.ttf",
        version="2.003",
        licence="OFL-1.1",
        licence_path="LICENSE_FONT",
        keep=Keep.COMMON,
    ),
    Face(
        role="hei",
        family="Shecun Hei",
        package=NOTO_SANS,
        path="500Medium/NotoSansSC_500Medium.ttf",
        version="2.004",
        licence="OFL-1.1",
        licence_path="LICENSE_FONT",
        keep=Keep.COMMON,
    ),
    Face(
        role="kai",
        family="Shecun Kai",
        package=WENKAI,
        path="usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        version="1.250",
        licence="OFL-1.1",
        licence_path="usr/share/doc/fonts-lxgw-wenkai/copyright",
        keep=Keep.COMMON,
    ),
    Face(
        role="fangsong",
        family="Shecun FangSong",
        package=FANDOL,
        path="usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
        version="0.3",
        licence="GPL-3.0-or-later WITH Font-exception-2.0",
        licence_path="usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz",
        keep=Keep.COMMON,
    ),
    Face(
        role="rare",
        family="Shecun Rare",
        package=HANAZONO,
        path="usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
        version="2017-09-04",
        licence="OFL-1.1",
        licence_path="usr/share/doc/fonts-hanazono/copyright",
        keep=Keep.RARE,
    ),
]


def main() -> None:
    """Fetch every package once, build every face, and record the digests."""
    entries: list[VendoredFile] = []
    (STATIC / FOLDER).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        trees = {
            package.source: package.fetch(package.name, package.version, Path(scratch) / str(number))
            for number, package in enumerate({face.package.source: face.package for face in FACES}.values())
        }
        wanted = {Keep.COMMON: common_characters(), Keep.RARE: rare_characters(trees)}
        for face in FACES:
            entries += vendor(face, trees[face.package.source], wanted.get(face.keep))
    record(FOLDER, entries)


def common_characters() -> set[int]:
    """GB 2312 with its punctuation, ASCII, name characters and the signs that papers use."""
    rows = (bytes([high, low]) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    standard = {ord(char) for row in rows for char in row.decode("gb2312", "ignore")}
    return standard | set(range(0x20, 0x7F)) | {ord(char) for char in SIGNS_WANTED + NAMES_WANTED}


def rare_characters(trees: dict[str, Path]) -> set[int]:
    """Characters beyond the first plane that Song lacks and WenKai, which grew by requests for names, has."""
    song, kai = (
        set(TTFont(trees[face.package.source] / face.path).getBestCmap())
        for face in FACES
        if face.role in {"song", "kai"}
    )
    return {code for code in kai - song if code >= BEYOND_BMP}


def vendor(face: Face, tree: Path, wanted: set[int] | None) -> list[VendoredFile]:
    """Build one face and copy its licence; their manifest entries."""
    target = STATIC / FOLDER / f"{face.role}.ttf"
    font = TTFont(tree / face.path, recalcTimestamp=False)
    subset(font, wanted)
    if "CFF " in font:
        font = with_quadratic_outlines(font)
    rename(font, face)
    font.save(target, reorderTables=True)
    licence = STATIC / FOLDER / f"{face.role}.LICENCE.txt"
    licence.write_text(licence_text(tree / face.licence_path), encoding="utf-8")
    print(f"{face.role:<14}{len(font.getBestCmap()):>7} characters {target.stat().st_size / 1e6:6.2f} MB")
    return [manifest_entry(face, path) for path in (target, licence)]


def subset(font: TTFont, wanted: set[int] | None) -> None:
    """Keep the wanted characters (all when None) and only the tables that a printed paper needs."""
    covered = set(font.getBestCmap())
    kept = covered if wanted is None else wanted & covered
    options = Options(hinting=False, notdef_outline=True, glyph_names=False, layout_features=[])
    options.drop_tables += SCREEN_TABLES
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)


def with_quadratic_outlines(font: TTFont) -> TTFont:
    """The same face with TrueType outlines, the only ones that the PDF library embeds."""
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, CURVE_TOLERANCE, reverse_direction=True))
        outlines[name] = pen.glyph()
    build = FontBuilder(font["head"].unitsPerEm, isTTF=True)
    build.setupGlyphOrder(order)
    build.setupCharacterMap(font.getBestCmap())
    build.setupGlyf(outlines)
    build.setupHorizontalMetrics(
        {name: (font["hmtx"][name][0], getattr(outlines[name], "xMin", 0)) for name in order}
    )
    build.setupHorizontalHeader(ascent=font["hhea"].ascent, descent=font["hhea"].descent)
    build.setupPost(keepGlyphNames=False)
    for tag in ("OS/2", "name"):
        build.font[tag] = font[tag]
    for tag in ("created", "modified"):
        setattr(build.font["head"], tag, getattr(font["head"], tag))
    build.font.recalcTimestamp = False
    return build.font


def rename(font: TTFont, face: Face) -> None:
    """Give the subset a name of its own: reserved font names may not be used by derived fonts."""
    table = font["name"]
    kept = {name_id: table.getDebugName(name_id) for name_id in (0, 13, 14)}
    table.names = []
    derived = f"Subset of {Path(face.path).stem} {face.version} for 社村通; see tools/vendor_fonts.py"
    texts = {
        **kept,
        1: face.family,
        2: "Regular",
        3: f"{face.family} {face.version}",
        4: face.family,
        5: f"Version {face.version}",
        6: face.family.replace(" ", ""),
        10: derived,
    }
    for name_id, text in sorted(texts.items()):
        if text:
            table.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].achVendID = "SHCN"


def licence_text(path: Path) -> str:
    """The licence as plain text."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return content.decode("utf-8")


def manifest_entry(face: Face, path: Path) -> VendoredFile:
    """What the manifest says of one file of a face."""
    return VendoredFile(
        file=path.relative_to(STATIC).as_posix(),
        name=f"{face.family} ({Path(face.path).stem})",
        version=face.version,
        licence=face.licence,
        source=face.package.source,
        sha256=digest_of(path),
    )


if __name__ == "__main__":
    main()
