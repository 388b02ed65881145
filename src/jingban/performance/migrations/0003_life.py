"""Computed values are kept unrounded; the use of a result may advise next year's budget."""

from django.db import migrations, models

from jingban.registry.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('performance', '0002_attachment'),
    ]

    operations = [
        migrations.AddField(
            model_name='actual',
            name='exact',
            field=models.CharField(blank=True, default='', max_length=60, verbose_name='未舍入的值'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='use',
            name='amount_fen',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='建议次年预算（分）'),
        ),
        migrations.AlterField(
            model_name='use',
            name='what',
            field=models.CharField(
                choices=[
                    ('raise', '增加次年预算'), ('keep', '保持次年预算'), ('cut', '核减次年预算'), ('stop', '取消次年预算'),
                    ('rectify', '限期整改'), ('publish', '公开'),
                ],
                max_length=60,
                verbose_name='应用方式',
            ),
        ),
        migrations.AlterField(
            model_name='assessment',
            name='conclusion',
            field=models.CharField(
                choices=[('support', '予以支持'), ('adjust', '调整后支持'), ('reject', '不予支持')],
                max_length=12,
                verbose_name='结论',
            ),
        ),
        AppendOnly('performance_actual', 'performance_use', 'performance_assessment'),
    ]
