import django.db.models.deletion
from django.db import migrations, models

from jingban.casework.separation import FACTORS, PRACTICE, Guard
from jingban.store.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("casework", "0002_credits"),
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80, unique=True, verbose_name="提交标识")),
                ("number", models.CharField(max_length=32, verbose_name="业务编号")),
                ("actor", models.CharField(max_length=150, verbose_name="经办人")),
            ],
            options={
                "verbose_name": "表单提交",
            },
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(db_index=True, max_length=150, verbose_name="账号")),
                ("office", models.CharField(blank=True, max_length=60, verbose_name="网点")),
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
                "verbose_name": "账号所属网点",
            },
        ),
        migrations.CreateModel(
            name="FactorRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(db_index=True, max_length=150, verbose_name="账号")),
                ("actor", models.CharField(max_length=150, verbose_name="申请人")),
                ("note", models.CharField(max_length=200, verbose_name="理由")),
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
                "verbose_name": "取消第二因素申请",
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=60, verbose_name="网点")),
                ("townships", models.JSONField(verbose_name="所辖乡镇")),
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
                "verbose_name": "网点",
            },
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("only", models.PositiveSmallIntegerField(default=1, unique=True, verbose_name="唯一")),
                ("since", models.DateTimeField(verbose_name="设立时间")),
            ],
            options={
                "verbose_name": "练习中心",
                "constraints": [models.CheckConstraint(condition=models.Q(("only", 1)), name="one_practice")],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor", models.CharField(max_length=150, verbose_name="查阅人")),
                ("day", models.DateField(verbose_name="日期")),
                ("subject", models.CharField(max_length=64, verbose_name="对象")),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "查阅",
                "constraints": [
                    models.UniqueConstraint(fields=("actor", "day", "subject"), name="reading_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Secret",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(db_index=True, max_length=150, verbose_name="账号")),
                ("handed", models.BooleanField(verbose_name="须先改口令")),
                ("actor", models.CharField(max_length=150, verbose_name="操作人")),
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
                "verbose_name": "口令设定",
            },
        ),
        migrations.CreateModel(
            name="SystemUser",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=100, verbose_name="系统用户")),
                ("account", models.CharField(blank=True, max_length=150, verbose_name="账号")),
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
                "verbose_name": "系统用户登记",
            },
        ),
        migrations.CreateModel(
            name="FactorRemoval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asker", models.CharField(max_length=150, verbose_name="申请人")),
                ("actor", models.CharField(max_length=150, verbose_name="确认人")),
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
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removal",
                        to="casework.factorrequest",
                        verbose_name="申请",
                    ),
                ),
            ],
            options={
                "verbose_name": "取消第二因素",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor", models.F("asker")), _negated=True),
                        name="factor_needs_two",
                    )
                ],
            },
        ),
        AppendOnly(
            "casework_practice",
            "casework_systemuser",
            "casework_secret",
            "casework_factorrequest",
            "casework_factorremoval",
            "casework_office",
            "casework_desk",
            "casework_reading",
            "casework_submission",
        ),
        Guard(PRACTICE, *FACTORS),
    ]
