#include "widgets/timeline/playbackbar.h"

#include "widgets/timeline/mediaicons.h"
#include "widgets/timeline/timecode.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace poselift {

const std::vector<double> &PlaybackBar::speeds()
{
    static const std::vector<double> kSpeeds{0.25, 0.5, 0.75, 1, 1.5, 2, 4};
    return kSpeeds;
}

PlaybackBar::PlaybackBar(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("playbackBar"));
    setAccessibleName(tr("Playback"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(6, 2, 6, 2);
    m_first = addButton("firstFrameButton", tr("First frame"));
    m_previous = addButton("previousFrameButton", tr("Previous frame"));
    m_play = addButton("playButton", tr("Play"));
    m_next = addButton("nextFrameButton", tr("Next frame"));
    m_last = addButton("lastFrameButton", tr("Last frame"));
    connect(m_first, &QToolButton::clicked, this, &PlaybackBar::firstRequested);
    connect(m_previous, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(-1); });
    connect(m_play, &QToolButton::clicked, this, [this] { Q_EMIT playRequested(!m_playing); });
    connect(m_next, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(1); });
    connect(m_last, &QToolButton::clicked, this, &PlaybackBar::lastRequested);

    m_speed = new QComboBox(this);
    m_speed->setObjectName(QStringLiteral("speedBox"));
    m_speed->setAccessibleName(tr("Playback speed"));
    m_speed->setToolTip(tr("Playback speed"));
    for (const double speed : speeds())
        m_speed->addItem(tr("%1×").arg(locale().toString(speed)), speed);
    m_speed->setCurrentIndex(m_speed->findData(1.0));
    connect(m_speed, &QComboBox::activated, this, [this] { Q_EMIT speedChosen(speed()); });

    m_frame = new QSpinBox(this);
    m_frame->setObjectName(QStringLiteral("frameField"));
    m_frame->setAccessibleName(tr("Current frame"));
    m_frame->setToolTip(tr("Current frame, counted from 0"));
    m_frame->setKeyboardTracking(false);
    m_frame->setMaximum(0);
    connect(m_frame, &QSpinBox::valueChanged, this, [this](int frame) { Q_EMIT frameEntered(frame); });
    m_frameCount = new QLabel(this);
    m_frameCount->setObjectName(QStringLiteral("frameCountLabel"));
    m_frameCount->setAccessibleName(tr("Number of frames"));

    m_time = new QLineEdit(this);
    m_time->setObjectName(QStringLiteral("timeField"));
    m_time->setAccessibleName(tr("Current time"));
    m_time->setToolTip(tr("Current time; type m:ss.mmm to go there"));
    m_time->setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("00:00:00.0000")) + 12);
    connect(m_time, &QLineEdit::editingFinished, this, &PlaybackBar::readTime);
    m_duration = new QLabel(this);
    m_duration->setObjectName(QStringLiteral("durationLabel"));
    m_duration->setAccessibleName(tr("Duration"));

    auto *frameLabel = new QLabel(tr("Frame"), this);
    auto *timeLabel = new QLabel(tr("Time"), this);
    frameLabel->setObjectName(QStringLiteral("frameLabel"));
    timeLabel->setObjectName(QStringLiteral("timeLabel"));
    row->addWidget(m_speed);
    row->addStretch();
    row->addWidget(frameLabel);
    row->addWidget(m_frame);
    row->addWidget(m_frameCount);
    row->addSpacing(12);
    row->addWidget(timeLabel);
    row->addWidget(m_time);
    row->addWidget(m_duration);
    updateIcons();
    setExtent(0, -1);
}

PlaybackBar::~PlaybackBar() = default;

double PlaybackBar::speed() const
{
    return m_speed->currentData().toDouble();
}

QToolButton *PlaybackBar::addButton(const char *objectName, const QString &name)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(objectName));
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setAutoRaise(true);
    button->setIconSize({20, 20});
    layout()->addWidget(button);
    return button;
}

void PlaybackBar::setPosition(qint64 frame, double seconds)
{
    const QSignalBlocker blocker(m_frame);
    m_frame->setValue(static_cast<int>(frame));
    m_seconds = seconds;
    if (!m_time->hasFocus() || !m_time->isModified())
        m_time->setText(seconds >= 0 ? formatTime(seconds) : QString());
}

void PlaybackBar::setExtent(qint64 frameCount, double durationSeconds)
{
    const QSignalBlocker blocker(m_frame);
    const qint64 last = std::clamp<qint64>(frameCount - 1, 0, std::numeric_limits<int>::max());
    m_frame->setMaximum(static_cast<int>(last));
    m_frameCount->setText(frameCount > 0 ? tr("of %1").arg(locale().toString(frameCount)) : QString());
    m_duration->setText(durationSeconds >= 0 ? tr("of %1").arg(formatTime(durationSeconds)) : QString());
    setEnabled(frameCount > 0);
}

void PlaybackBar::setPlaying(bool playing)
{
    if (m_playing == playing)
        return;
    m_playing = playing;
    const QString name = playing ? tr("Pause") : tr("Play");
    m_play->setAccessibleName(name);
    m_play->setToolTip(name);
    updateIcons();
}

void PlaybackBar::setSpeed(double speed)
{
    if (const int index = m_speed->findData(speed); index >= 0)
        m_speed->setCurrentIndex(index);
}

void PlaybackBar::editFrame()
{
    m_frame->setFocus(Qt::ShortcutFocusReason);
    m_frame->selectAll();
}

void PlaybackBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        updateIcons();
    QWidget::changeEvent(event);
}

void PlaybackBar::updateIcons()
{
    const QColor colour = palette().color(QPalette::Active, QPalette::ButtonText);
    m_first->setIcon(mediaIcon(MediaSymbol::First, colour));
    m_previous->setIcon(mediaIcon(MediaSymbol::Previous, colour));
    m_play->setIcon(mediaIcon(m_playing ? MediaSymbol::Pause : MediaSymbol::Play, colour));
    m_next->setIcon(mediaIcon(MediaSymbol::Next, colour));
    m_last->setIcon(mediaIcon(MediaSymbol::Last, colour));
}

void PlaybackBar::readTime()
{
    if (!m_time->isModified())
        return;
    m_time->setModified(false);
    const std::optional<double> seconds = parseTime(m_time->text());
    if (seconds)
        Q_EMIT timeEntered(*seconds);
    else
        m_time->setText(m_seconds >= 0 ? formatTime(m_seconds) : QString());
}

} // namespace poselift
