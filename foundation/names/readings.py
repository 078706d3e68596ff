"""Characters that names read otherwise than a dictionary does."""


def _table(lines: str) -> dict[str, tuple[str, ...]]:
    """Read lines of ``character:reading,reading`` entries parted by blanks."""
    entries = (entry.partition(":") for entry in lines.split())
    return {character: tuple(readings.split(",")) for character, _, readings in entries}


SURNAMES = _table(
    """
    单:shan 仇:qiu 解:xie 查:zha 曾:zeng 区:ou 朴:piao 盖:ge,gai 翟:zhai 缪:miao 乐:yue,le 尉:wei,yu 卜:bu
    秘:bi 种:chong 洗:xian 冼:xian 员:yun 贠:yun 覃:qin,tan 召:shao 折:she 黑:he 郇:xun,huan 郗:xi,chi
    佴:nai 么:yao 乜:nie 祭:zhai 牟:mu,mou 隗:wei,kui 句:gou 繁:po 重:chong 藏:zang 谌:chen,shen 粘:nian
    适:kuo 角:jue 费:fei,bi 莘:shen,xin 长:zhang 都:du 会:gui 阚:kan 铅:yan 难:ning 俞:yu 盛:sheng
    柏:bai 车:che 任:ren 宁:ning 令:ling 干:gan 石:shi 宿:su 万:wan 谷:gu 那:na 於:yu 逄:pang 亓:qi
    """
)
"""How a character is read when it is the surname; several readings are in use for some."""

COMPOUND_SURNAMES = _table(
    "尉迟:yu,chi 长孙:zhang,sun 万俟:mo,qi 单于:chan,yu 澹台:tan,tai 令狐:ling,hu 鲜于:xian,yu 相里:xiang,li"
)
"""Surnames of two characters one of which has a reading of its own there, character by character."""

POLYPHONES = _table(
    """
    乐:le,yue 重:zhong,chong 长:chang,zhang 朝:chao,zhao 行:xing,hang 传:chuan,zhuan 盛:sheng,cheng
    晟:sheng,cheng 茜:qian,xi 莘:xin,shen 隽:juan,jun 颉:jie,xie 奇:qi,ji 率:lv,shuai 参:shen,can 藏:cang,zang
    会:hui,kuai 合:he,ge 校:xiao,jiao 调:tiao,diao 降:jiang,xiang 单:dan,shan 解:jie,xie 曾:zeng,ceng
    贾:jia,gu 车:che,ju 期:qi,ji 屏:ping,bing 泊:bo,po 便:bian,pian 仔:zi,zai 炅:jiong,gui 尉:wei,yu 阿:a,e
    强:qiang,jiang 系:xi,ji 厦:xia,sha 弹:dan,tan 省:sheng,xing 大:da 都:du,dou 说:shuo,yue 识:shi,zhi
    觉:jue,jiao 宿:su,xiu 粘:zhan,nian 祭:ji,zhai 朴:pu,piao 仇:chou,qiu 查:cha,zha 翟:zhai,di 缪:miao,mou
    区:qu,ou 卜:bu,bo 秘:mi,bi 种:zhong,chong 折:zhe,she 句:ju,gou 石:shi 咸:xian 俊:jun 呈:cheng
    """
)
"""Readings in use for a character anywhere else in a name, the usual one first."""
