"""The few failed orders in an index of their own: every question about what is settled asks for them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0004_clearance'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='orderstatus',
            index=models.Index(condition=models.Q(('status', 'failed')), fields=['order'], name='order_failed'),
        ),
    ]
