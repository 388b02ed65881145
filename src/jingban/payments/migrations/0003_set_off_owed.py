"""A set-off says what was owed, as a line does, so that nothing can be settled twice unseen."""

from django.db import migrations, models

from jingban.registry.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0002_set_offs'),
    ]

    operations = [
        migrations.AddField(
            model_name='setoff',
            name='owed_fen',
            field=models.BigIntegerField(null=True, verbose_name='应付'),
        ),
        AppendOnly('payments_setoff'),
    ]
