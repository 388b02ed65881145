"""Text dumps: the grammar of style C, the repairs of style T, headings, broken lines, captions and notes."""

from __future__ import annotations

from jingban.checker.layout.pairs import pairs
from jingban.checker.model import Document, Heading, Paragraph, Table
from jingban.checker.readers import read_bytes


def read(text: str) -> Document:
    return read_bytes(text.encode())


def one(document: Document) -> Table:
    (table,) = document.tables()
    return table


def body(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in table.body()]


def c_rows(*rows: list[str]) -> str:
    """Style C: cells on lines of their own, a line without TAB continues, an empty line ends the row."""
    return "\n\n".join("\n".join("\t" + cell for cell in row) for row in rows) + "\n"


HEADER = [
    "绩\n效\n指\n标",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度\n指标值",
    "实际\n完成值",
    "分值",
    "得分",
]


def test_lines_without_tab_continue_the_cell_and_keep_their_source() -> None:
    table = one(
        read(
            "说明文字。\n\n"
            + c_rows(
                HEADER, ["", "产出\n指标\n（50分）", "数量\n指标", "发放次数", "12次", "12次", "10", "10"]
            )
        )
    )
    assert [column.path for column in table.columns][4:] == [
        ("年度指标值",),
        ("实际完成值",),
        ("分值",),
        ("得分",),
    ]
    assert body(table) == [["", "产出指标(50分)", "数量指标", "发放次数", "12次", "12次", "10", "10"]]
    cell = table.cell(1, 3)
    assert cell is not None
    assert cell.source.line == 23


def test_empty_lines_inside_a_cell_are_settled_by_counting() -> None:
    text = c_rows(HEADER, ["", "产出指标", "数量指标", "发放次数", "12次", "12次", "10", "10"])
    text += "\n\t\n\t效益\n\n指标\n\t社会效益指标\n\t参保率\n\t95%\n\n\t96%\n\n\t20\n\n\t20\n"
    text += "\n\t\n\t满意度\n\n\n指标\n\t满意度指标\n\t满意度\n\t90%\n\t91%\n\t5\n\t5\n"
    assert body(one(read(text)))[1:] == [
        ["", "效益指标", "社会效益指标", "参保率", "95%", "96%", "20", "20"],
        ["", "满意度指标", "满意度指标", "满意度", "90%", "91%", "5", "5"],
    ]


def test_group_cells_are_inherited_and_end_with_their_upper_group() -> None:
    rows = [
        ["", "产出指标", "数量指标", "甲", "1", "1", "10", "10"],
        ["", "", "", "乙", "1", "1", "10", "10"],
        ["", "效益指标", "", "丙", "1", "1", "10", "10"],
        ["总分", "100", "95"],
    ]
    table = one(read(c_rows(HEADER, *rows)))
    assert [row[1:3] for row in body(table)] == [["产出指标", "数量指标"]] * 2 + [["效益指标", ""], ["", ""]]
    inherited = table.cell(2, 2)
    assert inherited is not None
    assert inherited.inherited
    assert body(table)[-1] == ["总分", "", "", "", "", "", "100", "95"]
    assert table.trusted


def test_titles_inside_the_grid_start_a_new_form() -> None:
    form = c_rows(
        ["项目绩效目标完成情况表\n(2021年度)"],
        ["项目名称", "{}经费"],
        ["预算执行情况（万元）", "预算数:", "{}", "执行数:", "{}"],
    )
    document = read(form.format("宣传", "3", "1.5") + "\n" + form.format("培训", "2.07", "2.07"))
    tables = list(document.tables())
    assert [(table.title, table.year, table.unit) for table in tables] == [
        ("项目绩效目标完成情况表", 2021, "万元")
    ] * 2
    assert [(pair.label, pair.text) for pair in pairs(tables[1])] == [
        ("项目名称", "培训经费"),
        ("预算数", "2.07"),
        ("执行数", "2.07"),
    ]
    assert document.notes == []


def test_a_name_answered_by_a_figure_shows_lost_cells() -> None:
    document = read(
        "开头。\n" + c_rows(["项目名称", "50", "执行数:", "50"], ["", "其他资金:", "0", "其他资金:", "0"])
    )
    assert [note.code for note in document.notes] == ["I103"]
    assert not one(document).trusted


def test_code_columns_class_section_item_fold_into_one() -> None:
    rows = [
        ["项目", "本年收入合计", "财政拨款收入"],
        ["支出功能分类科目编码", "科目名称", "", ""],
        ["", "", "", ""],
        ["类", "款", "项", "栏次", "1", "2"],
        ["", "", "", "合计", "1,200.50", "1,200.50"],
        ["208", "社会保障和就业支出", "1,200.50", "1,200.50"],
        ["20801", "人力资源和社会保障管理事务", "1,200.50", "1,200.50"],
    ]
    table = one(read("（一）收入情况（见下表《2021年度收入情况表》）\n\n" + c_rows(*rows)))
    assert table.title == "2021年度收入情况表"
    assert [(column.path[-1], column.role) for column in table.columns] == [
        ("支出功能分类科目编码", "code"),
        ("科目名称", "label"),
        ("本年收入合计", "amount"),
        ("财政拨款收入", "amount"),
    ]
    assert body(table)[0] == ["", "合计", "1,200.50", "1,200.50"]


def test_page_break_with_an_extra_empty_column_is_joined() -> None:
    head = "收入\t\t\t支出\t\t\n项目\t行次\t金额\t项目\t行次\t金额\n栏次\t\t1\t栏次\t\t2\n"
    first = "一、财政拨款收入\t1\t90.00\t一、一般公共服务支出\t32\t0.00\n\t2\t\t二、外交支出\t33\t0.00\n"
    second = "\t3\t\t十九、住房保障支出\t50\t\t90.00\n总计\t31\t90.00\t总计\t62\t\t90.00\n"
    table = one(
        read(
            f"收入支出决算总表\n公开 01 表\n金额单位：万元\n\n{head}{first}\n{second}\n注：转换时可能存在尾数误差。\n"
        )
    )
    assert (table.title, table.number, table.unit) == ("收入支出决算总表", "公开01表", "万元")
    assert body(table)[-2:] == [
        ["", "3", "", "十九、住房保障支出", "50", "90.00"],
        ["总计", "31", "90.00", "总计", "62", "90.00"],
    ]
    assert table.notes == ["注：转换时可能存在尾数误差。"]


T_HEADER = "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"


def test_a_figure_in_the_header_goes_back_to_its_row() -> None:
    text = (
        "资金（万元）\t年度资金总额\t年初预算数\t全年预算数\t8.10\t全年执行数\t分值\t执行率\n"
        "\t合计\t8.10\t8.10\t\t10\t100%\t10\n\t其中：财政拨款\t8.10\t8.10\t\t\t\t\n"
    )
    document = read(text)
    table = one(document)
    assert [column.path[-1] if column.path else "" for column in table.columns][2:] == [
        "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "",
    ]  # fmt: skip
    assert body(table)[0] == ["", "合计", "8.10", "8.10", "8.10", "10", "100%", "10"]
    assert [note.code for note in document.notes] == ["I103"]


def test_rows_that_slid_left_are_put_back() -> None:
    table = one(
        read(
            T_HEADER
            + "\t产出指标\t数量指标\t发放人数\t≥10人\t10人\t50\t50\t\n"
            + "满意度指标（10分）\t满意度指标\t受众满意度\t≥95%\t95%\t10\t10\t\t\n"
            + "满意度指标（10分）\t服务对象满意度指标\t受众满意度\t\t≥95%\t95%\t10\t10\t\n"
            + "总分\t\t\t\t\t100\t98\t等级：优\t\n"
        )
    )
    assert body(table)[1:] == [
        ["", "满意度指标(10分)", "满意度指标", "受众满意度", "≥95%", "95%", "10", "10", ""],
        ["", "满意度指标(10分)", "服务对象满意度指标", "受众满意度", "≥95%", "95%", "10", "10", ""],
        ["总分", "", "", "", "", "", "100", "98", "等级:优"],
    ]


def test_a_row_with_no_single_place_is_not_trusted() -> None:
    rows = [
        ["科目编码", "科目名称", "合计", "基本支出"],
        ["208", "社会保障", "3.00", "3.00"],
        ["221", "2.00"],
        ["210", "卫生", "1.00", "1.00"],
    ]
    document = read("开头。\n" + c_rows(*rows, ["222", "x", "y", "z", "1", "2", "3"]))
    table = one(document)
    assert not table.trusted
    assert "I103" in [note.code for note in document.notes]


def test_ordinals_and_codes_never_become_amounts() -> None:
    text = "项目\t行次\t金额\n甲\t1\t2.50\n乙\t2\t3.50\n合计\t3\t6.00\n"
    assert [column.role for column in one(read(text)).columns] == ["label", "line_number", "amount"]


def test_headings_with_levels_run_in_headings_and_contents() -> None:
    document = read(
        "目录\n第一部分 部门概况\n一、部门职责\n第二部分 部门决算表\n\n第一部分\n部门概况\n一、部门职责\n（一）主要职能。负责全区养老保险经办工作。\n"
        "（二）内设机构\n1.总体绩效\n（1）运转保障\n1.完成参保2.5万人，超额完成任务。\n"
    )
    found = [(block.level, block.text) for block in document.blocks if isinstance(block, Heading)]
    assert found == [
        (1, "目录"), (1, "第一部分 部门概况"), (2, "一、部门职责"), (3, "（一）主要职能。"), (3, "（二）内设机构"), (4, "1.总体绩效"), (5, "（1）运转保障"),
    ]  # fmt: skip
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert [p.section for p in paragraphs[:3]] == ["目录"] * 3
    assert paragraphs[3].text == "负责全区养老保险经办工作。"
    assert paragraphs[-1].section == "（1）运转保障"


def test_broken_lines_join_and_offsets_lead_back_to_the_line() -> None:
    document = read("全年支出91.91\n万元，完成年初预算的\n\n80.5%，占总额的3.8\n%。\n下一段另起。\n")
    first, second = document.paragraphs()
    assert first.text == "全年支出91.91万元，完成年初预算的80.5%，占总额的3.8%。"
    assert [first.at(first.text.index(word)).line for word in ("91.91", "万元", "80.5", "%。")] == [
        1,
        2,
        4,
        5,
    ]
    assert second.source.line == 6


def test_an_announced_table_without_grid_is_an_empty_table_with_its_notes() -> None:
    document = read(
        "政府性基金预算财政拨款收入支出决算表\n公开08表\n金额单位：万元\n部门：某中心\n\n注：本表反映基金收支情况。\n本部门无政府性基金收入、支出\n\n其他内容的说明文字在此。\n"
    )
    table = one(document)
    assert (table.rows, table.number, table.unit) == ([], "公开08表", "万元")
    assert table.notes == ["注：本表反映基金收支情况。", "本部门无政府性基金收入、支出"]


def test_text_recognised_beside_pictures_is_left_out_with_a_note() -> None:
    document = read("[image: a.png]ER=IL LT\n\n217\n25433\n\n五、支出情况说明\n正文在此，金额为3万元。\n")
    assert [note.code for note in document.notes] == ["I102"] * 3
    assert [block.text for block in document.blocks if not isinstance(block, Table)] == [
        "五、支出情况说明",
        "正文在此，金额为3万元。",
    ]


def test_circled_digits_never_become_figures() -> None:
    table = one(
        read(
            c_rows(
                ["一级指标", "二级指标", "三级指标", "指标说明", "自评分"],
                ["投入", "目标", "合理性", "①合规2分②匹配2分", "4"],
            )
        )
    )
    assert body(table)[0][3] == "①合规2分②匹配2分"


def test_captions_and_notes_inside_the_grid_are_not_rows() -> None:
    text = (
        "收入决算表\t\t\n\t\t公开02表\n部门：某中心\t\t单位：万元\n科目编码\t科目名称\t本年收入合计\n"
        "208\t社会保障和就业支出\t90.00\n221\t住房保障支出\t10.00\n注：本表反映收入情况。\t\t\n"
    )
    table = one(read(text))
    assert (table.title, table.number, table.unit, table.header_rows) == ("收入决算表", "公开02表", "万元", 1)
    assert body(table) == [["208", "社会保障和就业支出", "90.00"], ["221", "住房保障支出", "10.00"]]
    assert table.notes == ["注：本表反映收入情况。"]


def test_a_caption_repeated_on_the_next_page_announces_the_same_table() -> None:
    head = "收入决算表\n公开02表\n单位：万元\n\n科目编码\t科目名称\t合计\n"
    text = f"{head}208\t社会保障和就业支出\t90.00\n\n- 2 -\n\n{head}221\t住房保障支出\t10.00\n"
    table = one(read(text))
    assert [row[0] for row in body(table)] == ["208", "221"]


def test_html_and_piped_tables_amid_a_text_keep_their_lines() -> None:
    text = (
        '一、收入情况说明\n\n<table><tr><td rowspan="2">项目</td><td colspan="2">金额</td></tr>\n<tr><td>预算数</td><td>决算数</td></tr>\n'
        "<tr><td>甲</td><td>1.50</td><td>1.20</td></tr></table>\n\n说明文字在此，共三万元。\n\n| 项目 | 决算数 |\n| 乙 | 2.50 |\n"
    )
    document = read_bytes(text.encode(), "a.txt", ".txt")
    assert document.format == "txt"
    first, second = document.tables()
    assert [column.path for column in first.columns] == [("项目",), ("金额", "预算数"), ("金额", "决算数")]
    cell = first.cell(2, 1)
    assert cell is not None
    assert (cell.text, cell.source.line) == ("1.50", 5)
    assert body(second) == [["乙", "2.50"]]
    assert second.source.line == 9


def test_rows_on_one_line_amid_a_cells_dump() -> None:
    dump = c_rows(
        ["项目", "预算数", "决算数"], ["甲", "1.00", "2.00"], ["乙", "3.00", "4.00"], ["丙", "3.00", "4.00"]
    )
    document = read("表一\n" + dump + "\n\n中间的说明文字。\n\n| 项目 | 决算数 |\n| 丁 | 2.50 |\n\n" + dump)
    assert [len(table.body()) for table in document.tables()] == [3, 1, 3]
