import django.db.models.deletion
from django.db import migrations, models

from jingban.payments.guard import GuardRelease
from jingban.registry.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0003_set_off_owed'),
        ('registry', '0003_choices'),
    ]

    operations = [
        migrations.CreateModel(
            name='Clearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('warnings', models.JSONField(default=list, verbose_name='提示')),
                ('origin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.origin', verbose_name='来源')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='payments.run', verbose_name='批次')),
            ],
            options={
                'verbose_name': '发放前检查',
            },
        ),
        AppendOnly('payments_clearance'),
        GuardRelease(),
    ]
