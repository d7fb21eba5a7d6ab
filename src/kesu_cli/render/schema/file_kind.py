"""The kinds of files that have a schema."""

from kesu_cli.model.coded_word import CodedWord


class FileKind(CodedWord):
    """A kind of file, with what its schema is for."""

    PLAN = "plan", "方案的转录 plan/measures.yaml：行动、措施、任务、目标、时限、单位"
    UNITS = "units", "单位 plan/units.yaml：名称、别称、单位组"
    POLICY = "policy", "办公室的决定 plan/policy.yaml：报送期限、亮灯、佐证、学期"
    PROGRESS = "progress", "进展 progress/年度/单位.yaml：各单位填报的台账"
    WAIVERS = "waivers", "豁免 plan/waivers.yaml：书面批准的例外"
