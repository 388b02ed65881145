import django.db.models.deletion
from django.db import migrations, models

from jingban.store.append_only import AppendOnly
from jingban.store.at_once import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        Tables(
            creations=[
                migrations.CreateModel(
                    name="Origin",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=32, verbose_name="来源类别")),
                        ("actor", models.CharField(max_length=150, verbose_name="经办人")),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="来源")),
                        ("note", models.TextField(blank=True, verbose_name="说明")),
                        ("recorded_at", models.DateTimeField(verbose_name="知悉时间")),
                    ],
                    options={
                        "verbose_name": "来源",
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=40, unique=True, verbose_name="个人编号")),
                        (
                            "origin",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "人员",
                    },
                ),
                migrations.CreateModel(
                    name="Parked",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        ("row", models.PositiveIntegerField(verbose_name="行号")),
                        ("code", models.CharField(max_length=16, verbose_name="代码")),
                        ("message", models.TextField(verbose_name="原因")),
                        ("content", models.JSONField(verbose_name="原内容")),
                    ],
                    options={
                        "verbose_name": "待核实行",
                    },
                ),
                migrations.CreateModel(
                    name="Contribution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.contribution",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="缴费年度")),
                        (
                            "kind",
                            models.SmallIntegerField(
                                choices=[(1, "个人缴费"), (2, "补缴"), (3, "政府代缴"), (4, "集体补助")],
                                verbose_name="缴费类别",
                            ),
                        ),
                        ("tier_fen", models.BigIntegerField(default=0, verbose_name="档次")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额")),
                        ("payer", models.CharField(blank=True, max_length=100, verbose_name="缴款人")),
                        ("reference", models.CharField(blank=True, max_length=64, verbose_name="凭证号")),
                        ("paid_on", models.DateField(verbose_name="缴费日期")),
                        ("tax_posted_on", models.DateField(null=True, verbose_name="税务记账日期")),
                        ("arrived_on", models.DateField(null=True, verbose_name="到账日期")),
                        ("month", models.IntegerField(verbose_name="缴费月")),
                    ],
                    options={
                        "verbose_name": "缴费",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="contribution_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccountEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.accountentry",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("ledger", models.SmallIntegerField(verbose_name="分账")),
                        (
                            "kind",
                            models.SmallIntegerField(
                                choices=[
                                    (1, "本金"),
                                    (2, "利息"),
                                    (3, "养老金支出"),
                                    (4, "转出、退费"),
                                    (5, "余额支付"),
                                ],
                                verbose_name="性质",
                            ),
                        ),
                        ("item", models.SmallIntegerField(default=0, verbose_name="项目")),
                        ("year", models.SmallIntegerField(verbose_name="所属年度")),
                        ("month", models.IntegerField(verbose_name="记账月")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额")),
                        ("cause", models.CharField(max_length=64, verbose_name="事由")),
                    ],
                    options={
                        "verbose_name": "账户明细",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="accountentry_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpeningHistory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.openinghistory",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("years", models.SmallIntegerField(verbose_name="年限")),
                        ("through_year", models.SmallIntegerField(verbose_name="截止年度")),
                    ],
                    options={
                        "verbose_name": "期初年限",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="openinghistory_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BankAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.bankaccount",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("bank", models.CharField(max_length=32, verbose_name="银行")),
                        ("account", models.CharField(db_index=True, max_length=40, verbose_name="账号")),
                        ("holder", models.CharField(max_length=100, verbose_name="户名")),
                        ("valid_from", models.IntegerField(verbose_name="起始月")),
                    ],
                    options={
                        "verbose_name": "银行账户",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="bankaccount_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.BigIntegerField(unique=True, verbose_name="序号")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("actor", models.CharField(max_length=150, verbose_name="操作人")),
                        ("action", models.CharField(db_index=True, max_length=64, verbose_name="操作")),
                        ("subject", models.CharField(blank=True, max_length=200, verbose_name="对象")),
                        ("detail", models.JSONField(verbose_name="内容")),
                        ("before", models.CharField(max_length=64, verbose_name="上一条摘要")),
                        ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                    ],
                    options={
                        "verbose_name": "审计记录",
                    },
                ),
                migrations.CreateModel(
                    name="Award",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.award",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("start_month", models.IntegerField(verbose_name="待遇起始月")),
                        ("paid_years", models.SmallIntegerField(verbose_name="缴费年限")),
                        (
                            "basis",
                            models.SmallIntegerField(
                                choices=[
                                    (1, "缴费满年限"),
                                    (2, "制度实施时过渡条件"),
                                    (3, "贫困人口特殊申请"),
                                    (4, "期初导入"),
                                ],
                                default=1,
                                verbose_name="核定依据",
                            ),
                        ),
                        ("balance_fen", models.BigIntegerField(verbose_name="核定时账户储存额")),
                        ("divisor", models.SmallIntegerField(verbose_name="计发月数")),
                        ("decided_on", models.DateField(verbose_name="核定日期")),
                    ],
                    options={
                        "verbose_name": "待遇核定",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="award_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Annuity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.annuity",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("from_month", models.IntegerField(verbose_name="起始月")),
                        ("balance_fen", models.BigIntegerField(verbose_name="储存额")),
                        ("divisor", models.SmallIntegerField(verbose_name="计发月数")),
                        ("cause", models.CharField(max_length=32, verbose_name="事由")),
                    ],
                    options={
                        "verbose_name": "账户养老金",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="annuity_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Stoppage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.stoppage",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "kind",
                            models.SmallIntegerField(
                                choices=[(1, "不计发"), (2, "暂缓发放")], verbose_name="性质"
                            ),
                        ),
                        ("reason", models.CharField(max_length=8, verbose_name="原因")),
                        ("valid_from", models.IntegerField(verbose_name="起始月")),
                        ("valid_to", models.IntegerField(default=119999, verbose_name="终止月")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                    ],
                    options={
                        "verbose_name": "停发",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="stoppage_superseded_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                                name="stoppage_ordered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Death",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.death",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("died_on", models.DateField(verbose_name="死亡日期")),
                        ("month", models.IntegerField(verbose_name="死亡月")),
                        ("evidence", models.CharField(blank=True, max_length=100, verbose_name="依据")),
                    ],
                    options={
                        "verbose_name": "死亡",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="death_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Certification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.certification",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("month", models.IntegerField(verbose_name="认证月")),
                        ("certified_on", models.DateField(verbose_name="认证日期")),
                        ("channel", models.CharField(max_length=4, verbose_name="方式")),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                    ],
                    options={
                        "verbose_name": "资格认证",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="certification_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OtherPension",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.otherpension",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("scheme", models.CharField(max_length=32, verbose_name="待遇类别")),
                        ("from_month", models.IntegerField(verbose_name="起始月")),
                    ],
                    options={
                        "verbose_name": "其他养老待遇",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="otherpension_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpenedBooks",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.openedbooks",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("month", models.IntegerField(verbose_name="建账月")),
                    ],
                    options={
                        "verbose_name": "建账",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="openedbooks_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TierChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.tierchoice",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("year", models.IntegerField(verbose_name="缴费年度")),
                        ("tier_fen", models.BigIntegerField(verbose_name="档次")),
                    ],
                    options={
                        "verbose_name": "档次选择",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="tierchoice_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchemeChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.schemechoice",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("group_id", models.SmallIntegerField(verbose_name="群体")),
                        (
                            "scheme",
                            models.CharField(
                                choices=[
                                    ("resident", "城乡居民养老保险"),
                                    ("employee", "企业职工养老保险"),
                                    ("none", "不予补贴"),
                                ],
                                max_length=10,
                                verbose_name="险种",
                            ),
                        ),
                        ("signed_on", models.DateField(verbose_name="签字日期")),
                        ("evidence", models.CharField(blank=True, max_length=100, verbose_name="依据")),
                    ],
                    options={
                        "verbose_name": "险种选择",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="schemechoice_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Identity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.identity",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="姓名")),
                        (
                            "id_number",
                            models.CharField(db_index=True, max_length=32, verbose_name="证件号码"),
                        ),
                        ("id_status", models.CharField(max_length=16, verbose_name="证件状态")),
                        ("sex", models.CharField(blank=True, max_length=6, verbose_name="性别")),
                        ("birth_date", models.DateField(verbose_name="出生日期")),
                        ("ethnicity", models.CharField(blank=True, max_length=32, verbose_name="民族")),
                    ],
                    options={
                        "verbose_name": "身份",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="identity_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Residence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.residence",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "township_code",
                            models.CharField(blank=True, max_length=12, verbose_name="乡镇代码"),
                        ),
                        ("township", models.CharField(blank=True, max_length=60, verbose_name="乡镇")),
                        ("village_code", models.CharField(blank=True, max_length=12, verbose_name="村代码")),
                        ("village", models.CharField(blank=True, max_length=60, verbose_name="村")),
                        ("group_name", models.CharField(blank=True, max_length=60, verbose_name="组")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="电话")),
                        ("valid_from", models.IntegerField(verbose_name="起始月")),
                    ],
                    options={
                        "verbose_name": "居住与联系",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="residence_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Relation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.relation",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("region_id", models.IntegerField(verbose_name="区划")),
                        ("valid_from", models.IntegerField(verbose_name="起始月")),
                        ("valid_to", models.IntegerField(default=119999, verbose_name="终止月")),
                        (
                            "state",
                            models.SmallIntegerField(
                                choices=[(1, "参保缴费"), (2, "暂停缴费")], default=1, verbose_name="缴费状态"
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=8, verbose_name="状态原因")),
                        (
                            "entry",
                            models.SmallIntegerField(
                                choices=[(1, "新参保"), (2, "转入"), (3, "期初导入"), (4, "特殊申请")],
                                default=1,
                                verbose_name="参保方式",
                            ),
                        ),
                        ("end_reason", models.CharField(blank=True, max_length=8, verbose_name="终止原因")),
                    ],
                    options={
                        "verbose_name": "参保关系",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="relation_superseded_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                                name="relation_ordered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupMembership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.groupmembership",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("group_id", models.SmallIntegerField(verbose_name="群体")),
                        ("level", models.CharField(blank=True, max_length=16, verbose_name="级别")),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                        ("valid_from", models.IntegerField(verbose_name="起始月")),
                        ("valid_to", models.IntegerField(default=119999, verbose_name="终止月")),
                    ],
                    options={
                        "verbose_name": "群体身份",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="groupmembership_superseded_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                                name="groupmembership_ordered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OtherCoverage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.othercoverage",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("scheme", models.CharField(max_length=32, verbose_name="险种")),
                        ("valid_from", models.IntegerField(verbose_name="起始月")),
                        ("valid_to", models.IntegerField(default=119999, verbose_name="终止月")),
                    ],
                    options={
                        "verbose_name": "其他制度参保",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="othercoverage_superseded_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                                name="othercoverage_ordered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="registry.transfer",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "direction",
                            models.SmallIntegerField(choices=[(1, "转入"), (2, "转出")], verbose_name="方向"),
                        ),
                        ("other_region", models.CharField(max_length=12, verbose_name="对方区划")),
                        ("reference", models.CharField(blank=True, max_length=64, verbose_name="联系函号")),
                        ("month", models.IntegerField(verbose_name="办结月")),
                        ("amount_fen", models.BigIntegerField(verbose_name="转移金额")),
                        ("years", models.SmallIntegerField(default=0, verbose_name="转移年限")),
                    ],
                    options={
                        "verbose_name": "关系转移",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="transfer_superseded_once",
                            )
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "registry_accountentry",
            "registry_annuity",
            "registry_auditentry",
            "registry_award",
            "registry_bankaccount",
            "registry_certification",
            "registry_contribution",
            "registry_death",
            "registry_groupmembership",
            "registry_identity",
            "registry_openedbooks",
            "registry_openinghistory",
            "registry_origin",
            "registry_othercoverage",
            "registry_otherpension",
            "registry_parked",
            "registry_person",
            "registry_relation",
            "registry_residence",
            "registry_schemechoice",
            "registry_stoppage",
            "registry_tierchoice",
            "registry_transfer",
        ),
    ]
