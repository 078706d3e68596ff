"""What the figures of the ledger are called where a recount speaks of them."""

from foundation.wording import N_

LABELS = {
    "small_households": N_("小农户数"),
    "large_households": N_("规模经营主体数"),
    "parcels": N_("地块数"),
    "version_id": N_("系数版本"),
    "household_id": N_("承包方"),
    "holder": N_("承包方"),
    "division_code": N_("区划编码"),
    "is_entrusted": N_("是否流转入股"),
    "basis_area": N_("结算面积"),
    "tilled": N_("耕"),
    "sown": N_("种"),
    "protected": N_("防"),
    "protected_times": N_("防治亩次"),
    "harvested": N_("收"),
    "mu_times": N_("作业亩次"),
    "deemed_times": N_("视同验收"),
    "physical": N_("托管土地面积"),
    "physical_small": N_("小农户托管土地面积"),
    "physical_entrusted": N_("流转入股土地面积"),
    "weighted": N_("折算面积"),
    "weighted_small": N_("小农户折算面积"),
    "whole": N_("全程托管面积"),
    "year_physical": N_("全年新增托管土地面积"),
    "year_whole": N_("全年新增全程托管面积"),
    "income": N_("服务收入"),
    "subsidy": N_("补助"),
}
