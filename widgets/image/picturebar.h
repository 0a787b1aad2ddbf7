#pragma once

#include "widgets/image/pictureadjustment.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QSlider;

namespace poselift {

/// A row of sliders for the brightness, contrast and gamma at which a picture is shown, with a
/// button that puts them back and one that closes the row.
class PictureBar : public QWidget
{
    Q_OBJECT
public:
    explicit PictureBar(QWidget *parent = nullptr);

    PictureAdjustment adjustment() const;

public Q_SLOTS:
    void setAdjustment(const poselift::PictureAdjustment &adjustment);
    void reset() { setAdjustment({}); }

Q_SIGNALS:
    void adjustmentChanged(const poselift::PictureAdjustment &adjustment);
    void closeRequested();

private:
    struct Control
    {
        QSlider *slider = nullptr;
        QLabel *value = nullptr;
    };

    Control addControl(QHBoxLayout *row, const char *objectName, const QString &label, const QString &toolTip);
    void addButtons(QHBoxLayout *row);
    void sliderMoved();
    void showValues();

    Control m_brightness;
    Control m_contrast;
    Control m_gamma;
    QPushButton *m_reset = nullptr;
};

} // namespace poselift
