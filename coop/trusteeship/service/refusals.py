"""Refusals of the acreage ledger."""

from foundation.errors import DomainError


class AlreadyCounted(DomainError):
    """地块 %(parcel)s 的%(season)s%(link)s第 %(pass_number)s 遍已经计入（作业单 %(order)s，%(area)s 亩）；
    同一作业只能计一次，请核对作业遍次，或先撤回那一行的验收。
    """


class NotOfThisProgramme(DomainError):
    """“%(version)s”不是“%(programme)s”的系数版本；请选择本项目的版本。"""
