"""Running text is cut into clauses, and the clauses into duties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kesu_cli.drafting.clause import clauses, sentences
from kesu_cli.drafting.duty import duties, weight_of
from kesu_cli.drafting.kind import kind_of, places
from kesu_cli.drafting.naming import LONGEST, name_of, told_apart
from kesu_cli.drafting.verb import Weight, opening
from kesu_cli.model.task_in_plan_file import Kind

CONCRETE, GENERAL, EFFECT, ADJUNCT = Weight.CONCRETE, Weight.GENERAL, Weight.EFFECT, Weight.ADJUNCT


def quotes(text: str) -> list[str]:
    return [text[duty.start : duty.end] for duty in duties(text)]


def test_a_sentence_ends_at_a_full_stop_that_stands_outside_brackets() -> None:
    text = "一是办班（每期10人。）；二是“送教上门。”到村。三是总结"
    assert [s.text for s in sentences(text)] == ["办班（每期10人。）", "“送教上门。”到村", "总结"]


def test_a_comma_within_a_number_or_a_quotation_cuts_nothing() -> None:
    text = "培训1,200人，落实《甲，乙》，收官"
    (sentence,) = sentences(text)
    assert [c.text for c in clauses(text, sentence)] == ["培训1,200人", "落实《甲，乙》", "收官"]


@pytest.mark.parametrize(
    ("clause", "weight"),
    [
        ("建立协调机制", CONCRETE),
        ("进一步建立健全协调机制", CONCRETE),
        ("将科普纳入考核", CONCRETE),
        ("把科普经费列入预算", CONCRETE),
        ("每年培训30名辅导员", CONCRETE),
        ("市科协牵头组织评估", CONCRETE),
        ("推动科普进社区、进农村", CONCRETE),
        ("推动融合发展", GENERAL),
        ("大力弘扬工匠精神", GENERAL),
        ("提高公民素质", EFFECT),
        ("更好服务发展", EFFECT),
        ("依托各级学校", ADJUNCT),
        ("通过开展培训等方式", ADJUNCT),
        ("在评选过程中", ADJUNCT),
        ("依托农广校开展培训", CONCRETE),
        ("2024年9月底前印发指导意见", CONCRETE),
        ("10月底前全部入库", CONCRETE),
        ("各县区政府要在2024年6月底前出台细则", CONCRETE),
        ("市民政局会同市财政局建立补贴制度", CONCRETE),
        ("对老旧住宅电梯开展安全评估", CONCRETE),
        ("依法依规淘汰老旧汽车", CONCRETE),
        ("实行月调度、季通报", CONCRETE),
        ("坚决杜绝重大事故", CONCRETE),
        ("污水处理厂年底前投入运行", CONCRETE),
        ("建筑工地严格落实有关要求", CONCRETE),
        ("技能人才住房保障纳入人才服务范围", CONCRETE),
        ("积极与科技组织开展项目合作", CONCRETE),
        ("2024年底前", ADJUNCT),
        ("围绕建设新型城镇化", ADJUNCT),
        ("以资源化利用为导向", ADJUNCT),
        ("评估结论为需更新的", ADJUNCT),
        ("对完成率低于80%的乡镇", ADJUNCT),
        ("科普氛围日益浓厚", None),
    ],
)
def test_a_clause_weighs_what_its_verb_says(clause: str, weight: Weight | None) -> None:
    assert weight == weight_of(clause)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("建立信息库，举办大赛。", ["建立信息库", "举办大赛"]),
        ("开展科普活动，提高素质，营造氛围。", ["开展科普活动"]),
        ("依托学校，开展培训，提升能力。", ["依托学校，开展培训"]),
        ("大力弘扬科学精神，实施进校园行动。", ["大力弘扬科学精神，实施进校园行动"]),
        ("建立评价机制，推动规范发展。", ["建立评价机制，推动规范发展"]),
        ("着力提升职业技能，增强内生动力。", ["着力提升职业技能"]),
        ("举办讲座，每年培训30名辅导员。", ["举办讲座", "每年培训30名辅导员"]),
        ("一是制定办法；二是开展评定。", ["制定办法", "开展评定"]),
        ("一要加强领导。建立专班。二要加强宣传。开展宣讲。", ["建立专班", "开展宣讲"]),
        ("制定实施方案，3月底前印发实施。", ["制定实施方案，3月底前印发实施"]),
        ("2024年底前，基本消除黑臭水体。", ["2024年底前，基本消除黑臭水体"]),
        ("到2025年，落后产能基本退出。", ["到2025年，落后产能基本退出"]),
        ("落后产能基本退出。", []),
        ("覆盖率达到60%.建设10个基地.", ["覆盖率达到60%", "建设10个基地"]),
        ("对未通过验收的乡镇，取消评优资格。", ["对未通过验收的乡镇，取消评优资格"]),
        ("天气晴朗，微风习习。", []),
    ],
)
def test_a_text_holds_the_duties_that_it_asks_for(text: str, found: list[str]) -> None:
    assert found == quotes(text)


@pytest.mark.parametrize(
    ("text", "soft"),
    [
        ("鼓励企业设立岗位", True),
        ("积极参加大赛", True),
        ("大力支持创作人员交流", True),
        ("深入开展活动", False),
        ("鼓励学校走进社区，开展讲座", True),
        ("推动融合，建设中心", False),
    ],
)
def test_words_that_only_encourage_make_a_soft_duty(text: str, soft: bool) -> None:
    assert [soft] == [duty.soft for duty in duties(text)]


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("建立资源均衡配置机制", Kind.MECHANISM),
        ("将科普工作纳入考核", Kind.INTEGRATION),
        ("编印科普读物", Kind.DELIVERABLE),
        ("鼓励企业设立科普岗位", Kind.DELIVERABLE),
        ("开展主题活动", Kind.EVENT),
        ("实施素质提升工程", Kind.PROGRAMME),
        ("推进知识进企业、进农村", Kind.COVERAGE),
        ("逐步提高科普经费投入水平", Kind.FUNDING),
        ("落实有关税收优惠政策", Kind.POLICY),
        ("加强人员培训", Kind.DIRECTION),
        ("出台具体实施方案", Kind.DELIVERABLE),
        ("组织总结评估", Kind.EVENT),
        ("严禁教授小学课程内容", Kind.POLICY),
        ("", Kind.DIRECTION),
    ],
)
def test_the_kind_of_a_duty_is_told_by_its_object_and_verb(clause: str, kind: Kind) -> None:
    assert kind == kind_of(clause)


def test_places_are_named_one_by_one() -> None:
    assert places("推进应急知识进企业、进农村、进家庭") == ("进企业", "进农村", "进家庭")


def test_an_adverb_is_passed_over_but_a_soft_one_is_remembered() -> None:
    how = opening("积极稳妥推进馆校合作")
    assert (how.verb.word if how.verb else "", how.soft) == ("推进", True)


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("深入实施青年人才培育计划", "实施青年人才培育计划"),
        ("举办农民技能大赛、农民科学素质网络竞赛、乡土人才创新创业大赛等活动", "举办农民技能大赛等活动"),
        ("努力构建服务科学文化素质全面提升的现代科技馆体系", "构建现代科技馆体系"),
        ("支持农民合作社等新型经营主体通过建立示范基地等方式开展科技示范", "开展科技示范"),
        ("加快更新不符合现行产品标准、安全风险高的老旧电梯", "加快更新老旧电梯"),
        ("健全县级统筹、乡镇落实、村级实施的工作推进机制", "健全工作推进机制"),
        ("每个街道建成不少于1000平方米的综合性养老服务中心", "每个街道建成综合性养老服务中心"),
        ("各乡（镇）制定实施方案", "各乡（镇）制定实施方案"),
        ("开展“走进院校机构参观”“名师课堂”“馆校合作”等活动", "开展“走进院校机构参观”等活动"),
    ],
)
def test_a_name_is_the_act_with_its_object(clause: str, name: str) -> None:
    assert name == name_of(clause)


def test_what_is_cut_out_is_not_in_the_name() -> None:
    assert name_of("每年培训30名科技辅导员", [(4, 7)]) == "培训科技辅导员"


def test_names_that_come_back_are_numbered() -> None:
    assert told_apart(["开展活动", "开展活动", "总结"]) == ("开展活动", "开展活动（二）", "总结")


@given(st.text("开展建立推动提高活动机制，。；、“”（）《》一是将纳入每年30名的", max_size=60))
def test_duties_lie_in_the_text_one_after_another(text: str) -> None:
    end = 0
    for duty in duties(text):
        assert end <= duty.start < duty.end <= len(text)
        assert text[duty.main.start : duty.main.end] == duty.main.text
        assert len(name_of(duty.main.text)) <= LONGEST
        end = duty.end
