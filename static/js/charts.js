// Draws every table marked data-chart beside itself, from its own cells; the table stays what is read.
"use strict";

(() => {
  const style = getComputedStyle(document.documentElement);
  const ink = (name) => style.getPropertyValue(name).trim();

  // Told apart by pattern as well as by colour: plain, striped, dotted.
  const looks = [
    { color: ink("--drawn-1") },
    { color: ink("--drawn-2"), decal: { color: "rgba(255, 255, 255, 0.75)", dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4 } },
    { color: ink("--drawn-3"), decal: { color: "rgba(255, 255, 255, 0.75)", symbol: "circle", symbolSize: 0.6 } },
  ];

  const columnsOf = (table) =>
    [...table.tHead.rows[0].cells]
      .map((head, index) => ({ head, index }))
      .filter(({ head }) => "drawn" in head.dataset)
      .map(({ head, index }) => ({
        name: head.textContent,
        values: [...table.tBodies[0].rows].map((row) => Number(row.cells[index].dataset.value)),
      }));

  const optionOf = (section) => {
    const table = section.querySelector("table");
    const upright = section.dataset.chart === "columns";
    const unit = section.dataset.unit;
    const text = { color: ink("--ink"), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
    const names = {
      type: "category",
      data: [...table.tBodies[0].rows].map((row) => row.cells[0].textContent),
      inverse: !upright,
      axisLabel: { ...text, hideOverlap: true },
      axisLine: { lineStyle: { color: ink("--line") } },
      axisTick: { show: false },
    };
    const figures = {
      type: "value",
      splitNumber: 4,
      axisLabel: { ...text, hideOverlap: true },
      splitLine: { lineStyle: { color: ink("--line-soft") } },
    };
    return {
      animation: false,
      textStyle: text,
      legend: { top: 0, right: 0, itemWidth: 24, textStyle: text, selectedMode: false },
      grid: { top: 34, left: 4, right: upright ? 8 : 20, bottom: 4, containLabel: true },
      tooltip: { trigger: "axis", transitionDuration: 0, confine: true, axisPointer: { type: "shadow", animation: false }, valueFormatter: (value) => `${value.toFixed(2)} ${unit}` },
      xAxis: upright ? names : figures,
      yAxis: upright ? figures : names,
      series: columnsOf(table).map(({ name, values }, index) => ({
        type: "bar",
        name,
        data: values,
        barMaxWidth: 22,
        barGap: "10%",
        itemStyle: looks[index % looks.length],
      })),
    };
  };

  for (const section of document.querySelectorAll("[data-chart]")) {
    const place = section.querySelector(".drawing");
    section.classList.add("is-drawn");
    const chart = echarts.init(place);
    chart.setOption(optionOf(section));
    new ResizeObserver(() => chart.resize()).observe(place);
  }
})();
