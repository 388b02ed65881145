from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('console', '0004_replay_task'),
    ]

    operations = [
        migrations.AlterField(
            model_name='job',
            name='task',
            field=models.CharField(choices=[('package', '生成年度公开材料'), ('preview', '预览待遇发放'), ('credit', '预览年度记账'), ('compare', '比对名单'), ('checks', '每月例行核查'), ('verify', '验证审计链'), ('replay', '重算核对'), ('cost', '政策测算')], max_length=10, verbose_name='任务'),
        ),
    ]
