#include "widgets/image/picturebar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QStyle>
#include <QToolButton>

#include <utility>

namespace poselift {

PictureBar::PictureBar(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("pictureBar"));
    setAccessibleName(tr("Brightness and contrast of the picture"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 3, 4, 3);
    m_brightness = addControl(row, "brightnessSlider", tr("&Brightness"), tr("Lightens or darkens the whole picture"));
    m_contrast =
        addControl(row, "contrastSlider", tr("C&ontrast"), tr("Spreads or narrows the range about middle grey"));
    m_gamma = addControl(row, "gammaSlider", tr("&Gamma"), tr("Lightens or darkens the shadows most"));
    addButtons(row);
    showValues();
}

PictureBar::Control PictureBar::addControl(QHBoxLayout *row, const char *objectName, const QString &label,
                                           const QString &toolTip)
{
    auto *name = new QLabel(label, this);
    Control control;
    control.slider = new QSlider(Qt::Horizontal, this);
    control.slider->setObjectName(QString::fromLatin1(objectName));
    control.slider->setAccessibleName(QString(label).remove(u'&'));
    control.slider->setAccessibleDescription(toolTip);
    control.slider->setToolTip(toolTip);
    control.slider->setRange(-100, 100);
    control.slider->setPageStep(10);
    control.slider->setMinimumWidth(50);
    name->setBuddy(control.slider);
    name->setToolTip(toolTip);
    control.value = new QLabel(this);
    control.value->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("+100")));
    control.value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(name);
    row->addWidget(control.slider, 1);
    row->addWidget(control.value);
    row->addSpacing(8);
    connect(control.slider, &QSlider::valueChanged, this, &PictureBar::sliderMoved);
    return control;
}

void PictureBar::addButtons(QHBoxLayout *row)
{
    m_reset = new QPushButton(tr("&Reset"), this);
    m_reset->setObjectName(QStringLiteral("pictureReset"));
    m_reset->setToolTip(tr("Show the picture as it is in the video"));
    m_reset->setAccessibleName(tr("Reset brightness, contrast and gamma"));
    connect(m_reset, &QPushButton::clicked, this, &PictureBar::reset);
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("pictureClose"));
    close->setAutoRaise(true);
    close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    close->setToolTip(tr("Close; the picture keeps its look"));
    close->setAccessibleName(tr("Close the picture sliders"));
    connect(close, &QToolButton::clicked, this, &PictureBar::closeRequested);
    row->addWidget(m_reset);
    row->addWidget(close);
}

PictureAdjustment PictureBar::adjustment() const
{
    return {m_brightness.slider->value(), m_contrast.slider->value(), m_gamma.slider->value()};
}

void PictureBar::setAdjustment(const PictureAdjustment &adjustment)
{
    if (adjustment == this->adjustment())
        return;
    for (const auto &[control, value] :
         {std::pair(&m_brightness, adjustment.brightness), std::pair(&m_contrast, adjustment.contrast),
          std::pair(&m_gamma, adjustment.gamma)}) {
        const QSignalBlocker blocker(control->slider);
        control->slider->setValue(value);
    }
    sliderMoved();
}

void PictureBar::sliderMoved()
{
    showValues();
    Q_EMIT adjustmentChanged(adjustment());
}

void PictureBar::showValues()
{
    const PictureAdjustment now = adjustment();
    const QLocale locale;
    m_brightness.value->setText((now.brightness > 0 ? QStringLiteral("+") : QString())
                                + locale.toString(now.brightness));
    m_contrast.value->setText(QStringLiteral("×") + locale.toString(now.contrastFactor(), 'f', 2));
    m_gamma.value->setText(locale.toString(now.gammaValue(), 'f', 2));
    m_reset->setEnabled(!now.isNeutral());
}

} // namespace poselift
