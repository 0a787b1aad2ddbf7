#pragma once

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace poselift {

/// Buttons and fields that move through a video. Says what the user wants; shows what it is told.
class PlaybackBar : public QWidget
{
    Q_OBJECT
public:
    explicit PlaybackBar(QWidget *parent = nullptr);
    ~PlaybackBar() override;

    /// Speeds on offer, in the order of the box.
    static const std::vector<double> &speeds();
    double speed() const;

public Q_SLOTS:
    /// @p seconds of the current frame; negative when not known.
    void setPosition(qint64 frame, double seconds);
    /// @p durationSeconds negative when not known.
    void setExtent(qint64 frameCount, double durationSeconds);
    void setPlaying(bool playing);
    void setSpeed(double speed);
    /// Puts the cursor into the frame field.
    void editFrame();

Q_SIGNALS:
    void playRequested(bool play);
    void stepRequested(int frames);
    void firstRequested();
    void lastRequested();
    void speedChosen(double speed);
    void frameEntered(qint64 frame);
    void timeEntered(double seconds);

protected:
    void changeEvent(QEvent *event) override;

private:
    QToolButton *addButton(const char *objectName, const QString &name);
    void updateIcons();
    void readTime();

    QToolButton *m_first;
    QToolButton *m_previous;
    QToolButton *m_play;
    QToolButton *m_next;
    QToolButton *m_last;
    QComboBox *m_speed;
    QSpinBox *m_frame;
    QLabel *m_frameCount;
    QLineEdit *m_time;
    QLabel *m_duration;
    bool m_playing = false;
    double m_seconds = -1;
};

} // namespace poselift
