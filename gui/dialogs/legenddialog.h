#pragma once

#include <QDialog>

namespace poselift {

/// What the signs of joints in the picture mean.
class LegendDialog : public QDialog
{
    Q_OBJECT
public:
    explicit LegendDialog(QWidget *parent);
};

} // namespace poselift
