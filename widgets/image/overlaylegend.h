#pragma once

#include <QWidget>

class QGridLayout;

namespace poselift {

struct JointMark;

/// Explains the signs of joints in the picture, each drawn as the overlay draws it beside its words.
class OverlayLegend : public QWidget
{
    Q_OBJECT
public:
    explicit OverlayLegend(QWidget *parent = nullptr);

private:
    void addStates();
    void addOrigins();
    void addOthers();
    void addHeading(const QString &text);
    void addRow(const JointMark &mark, const QString &text);

    QGridLayout *m_grid;
};

} // namespace poselift
