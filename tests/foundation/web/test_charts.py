"""Charts of the worktable: a table that says everything, the script only where there is one."""

import re
from datetime import date

import pytest
from flask import Blueprint, Flask

from foundation.access.grants import Viewer
from foundation.web.charts import Chart, Series, charts_of, offer_charts
from foundation.web.listing import CellKind
from tests.foundation.web.stage import make_stage

DAY = date(2026, 3, 2)
NOBODY_IN_PARTICULAR = Viewer(account_id=1, name="张伟")


def chart_of(*figures: int) -> Chart:
    """A chart of one drawn column of areas and one that is not drawn."""
    return Chart(
        key="sown",
        title="播种面积",
        unit="亩",
        head="月份",
        rows=tuple(f"2026-{month:02d}" for month in range(1, len(figures) + 1)),
        series=(
            Series(label="块数", values=tuple(1 if figure else 0 for figure in figures), is_drawn=False),
            Series(label="面积", values=figures, kind=CellKind.MU),
        ),
        url="/plots/",
        has_totals=True,
    )


def offered(*charts: Chart) -> Flask:
    """The stage with a feature that offers these charts."""
    app = make_stage(TESTING=True, WTF_CSRF_ENABLED=False)
    feature = Blueprint("sowing", __name__)
    offer_charts(feature, lambda _viewer, _on: charts)
    app.register_blueprint(feature)
    return app


def test_a_chart_is_a_table_whose_cells_the_script_reads() -> None:
    page = offered(chart_of(3_50, 1_25)).test_client().get("/").text
    assert '<td class="num" data-value="3.50">3.50</td>' in page
    assert re.search(
        r'<th scope="col" class="num">块数</th><th scope="col" class="num" data-drawn>面积', page
    )
    assert '<tfoot><tr><td>合计</td><td class="num">2</td><td class="num">4.75</td></tr></tfoot>' in page
    assert "echarts" in page


@pytest.mark.parametrize("charts", [(), (chart_of(0, 0),)])
def test_a_page_that_draws_nothing_loads_no_script_for_it(charts: tuple[Chart, ...]) -> None:
    page = offered(*charts).test_client().get("/").text
    assert "data-chart" not in page
    assert "echarts" not in page


def test_charts_that_show_nothing_are_left_out() -> None:
    app = offered(chart_of(0), chart_of(1))
    with app.app_context():
        assert charts_of(NOBODY_IN_PARTICULAR, DAY) == [chart_of(1)]
