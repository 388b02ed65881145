"""Every command of `jingban`: name -> (module:attribute, summary in Chinese). The single source for help and docs."""

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("jingban.cli.init:init", "在当前目录建立一个中心：设置文件与数据库"),
    "import": ("jingban.cli.import_:import_", "导入名册（人员、缴费、银行账户……），逐行报告错误"),
    "template": ("jingban.cli.template:template", "写出导入模板"),
    "export": ("jingban.cli.export:export", "导出名册与清单"),
    "run": ("jingban.cli.run:run", "待遇发放：预览、复核、发放、回盘、结算"),
    "explain": ("jingban.cli.explain:explain", "说明某人某月为什么是这个数"),
    "policy": ("jingban.cli.policy:policy", "查看与校验政策参数"),
    "sample": ("jingban.cli.sample:sample", "生成样例县"),
    "year": ("jingban.cli.year:year", "跑完一个县的一整年"),
    "check": ("jingban.cli.check:check", "核对公开的决算、绩效自评文件"),
    "rule": ("jingban.cli.rule:rule", "显示一条核对规则的说明"),
    "case": ("jingban.cli.case:case", "业务受理、审核、审批"),
    "certify": ("jingban.cli.certify:certify", "待遇领取资格认证"),
    "compare": ("jingban.cli.compare:compare", "外部名单比对与疑点核查"),
    "audit": ("jingban.cli.audit:audit", "审计链：查询与验证"),
    "budget": ("jingban.cli.budget:budget", "本单位的预算与收支"),
    "perform": ("jingban.cli.perform:perform", "预算绩效：目标、监控、自评、复核"),
    "publish": ("jingban.cli.publish:publish", "生成一年的公开材料并自查"),
    "serve": ("jingban.cli.serve:serve", "打开网页：预决算、绩效、公开材料、业务办理"),
    "manage": ("jingban.cli.manage:manage", "数据库维护（Django 管理命令）"),
}
