"""The kinds of units and what may be done with them."""

from foundation.wording import N_, Term


class UnitPermission(Term):
    """What may be done with units; the system administrator's."""

    EDIT = "foundation.units.edit", N_("维护单位")


class UnitAct(Term):
    """What the journal says about units."""

    CREATED = "units.created", N_("新增单位")
    CHANGED = "units.changed", N_("修改单位")
    CLOSED = "units.closed", N_("注销单位")


class UnitKind(Term):
    """What a unit is; it decides nothing about access, which comes from the posting's role."""

    COUNTY_UNION = "county_union", N_("县级供销社联合社")
    GRASSROOTS_COOP = "grassroots_coop", N_("基层供销社")
    COOPERATIVE = "cooperative", N_("合作社")
    SERVICE_PROVIDER = "service_provider", N_("服务企业")
    SERVICE_CENTRE = "service_centre", N_("为农服务中心")
    VILLAGE_COLLECTIVE = "village_collective", N_("村集体经济组织")
    VILLAGE_COMMITTEE = "village_committee", N_("村两委")
    TOWNSHIP = "township", N_("乡镇(街道)")
    ORGANISATION_DEPARTMENT = "organisation_department", N_("组织部门")
    GOVERNMENT_OFFICE = "government_office", N_("政府部门")
    AUTHORITY = "authority", N_("系统主管单位")
    OTHER = "other", N_("其他单位")
