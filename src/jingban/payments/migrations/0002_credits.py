import django.db.models.deletion
import django_fsm
from django.db import migrations, models

from jingban.store.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0001_initial"),
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="摘要")),
                ("step", models.CharField(max_length=60, verbose_name="步骤")),
                ("text", models.TextField(verbose_name="规则全文")),
            ],
            options={
                "verbose_name": "规则文本",
            },
        ),
        migrations.AddField(
            model_name="run",
            name="rules",
            field=models.JSONField(null=True, verbose_name="所用规则"),
        ),
        migrations.CreateModel(
            name="Credit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("maker", models.CharField(max_length=150, verbose_name="经办人")),
                ("checker", models.CharField(max_length=150, null=True, verbose_name="复核人")),
                ("region_id", models.IntegerField(verbose_name="区划")),
                ("year", models.SmallIntegerField(verbose_name="年度")),
                (
                    "item",
                    models.SmallIntegerField(
                        choices=[(401, "缴费补贴"), (402, "政府代缴"), (403, "利息")], verbose_name="项目"
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "已预览"),
                            ("reviewed", "已复核"),
                            ("posted", "已记账"),
                            ("cancelled", "已撤销"),
                        ],
                        default="draft",
                        max_length=50,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("known_on", models.DateField(verbose_name="政策截止日")),
                ("law", models.JSONField(verbose_name="所用政策")),
                ("rules", models.JSONField(verbose_name="所用规则")),
                ("person_count", models.PositiveIntegerField(default=0, verbose_name="人数")),
                ("amount_fen", models.BigIntegerField(default=0, verbose_name="金额")),
                ("report", models.JSONField(default=dict, verbose_name="预览")),
                (
                    "horizon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.origin",
                        verbose_name="事实截止",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.origin",
                        verbose_name="记账来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度记账批次",
            },
        ),
        migrations.CreateModel(
            name="CreditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "已预览"),
                            ("reviewed", "已复核"),
                            ("posted", "已记账"),
                            ("cancelled", "已撤销"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "credit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="payments.credit",
                        verbose_name="批次",
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
            ],
            options={
                "verbose_name": "年度记账经过",
            },
        ),
        migrations.CreateModel(
            name="CreditLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ledger", models.SmallIntegerField(verbose_name="分账")),
                ("owed_fen", models.BigIntegerField(verbose_name="应记")),
                ("posted_fen", models.BigIntegerField(verbose_name="已记")),
                ("amount_fen", models.BigIntegerField(verbose_name="本次")),
                (
                    "credit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="payments.credit",
                        verbose_name="批次",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度记账明细",
            },
        ),
        migrations.CreateModel(
            name="CreditMissed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.SmallIntegerField(verbose_name="原因")),
                (
                    "credit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missed",
                        to="payments.credit",
                        verbose_name="批次",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "未记账人员",
            },
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.UniqueConstraint(
                fields=("region_id", "year", "item", "attempt"), name="credit_attempt"
            ),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "reviewed"])),
                fields=("region_id", "year", "item"),
                name="credit_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checker__isnull", True),
                    models.Q(("checker", models.F("maker")), _negated=True),
                    _connector="OR",
                ),
                name="credit_maker_is_not_checker",
            ),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "cancelled"]), ("checker__isnull", False), _connector="OR"
                ),
                name="credit_needs_a_checker",
            ),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "posted"), _negated=True), ("posting__isnull", False), _connector="OR"
                ),
                name="credit_posting_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="creditline",
            constraint=models.UniqueConstraint(
                fields=("credit", "person", "ledger"), name="credit_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="creditmissed",
            constraint=models.UniqueConstraint(fields=("credit", "person"), name="credit_missed_once"),
        ),
        AppendOnly(
            "payments_creditevent",
            "payments_creditline",
            "payments_creditmissed",
            "payments_ruletext",
        ),
    ]
