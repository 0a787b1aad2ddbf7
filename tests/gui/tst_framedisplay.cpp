// The magnifier and the light of the picture in the real window.

#include "tests/gui/editwindow.h"

#include <QPushButton>
#include <QSlider>
#include <QToolButton>

using namespace poselift;
using namespace poselift::test;

class TestFrameDisplay : public QObject
{
    Q_OBJECT

private:
    EditWindow m_desk;

    template <typename Widget>
    Widget *find(const char *name) const
    {
        return m_desk.window()->findChild<Widget *>(QString::fromLatin1(name));
    }
    /// Mean grey of what the view shows of the video.
    double meanGrey() const
    {
        const QImage picture = m_desk.view()->grab().toImage();
        const QRect area = m_desk.view()->transform().imageRectInView().toRect().intersected(picture.rect());
        double sum = 0.0;
        for (int y = area.top(); y <= area.bottom(); y += 3) {
            for (int x = area.left(); x <= area.right(); x += 3)
                sum += qGray(picture.pixel(x, y));
        }
        return sum / ((area.height() + 2) / 3) / ((area.width() + 2) / 3);
    }
    QColor corner() const { return m_desk.view()->grab().toImage().pixelColor(3, 3); }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_desk.makeClip();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void init() { m_desk.open(); }
    void cleanup() { m_desk.close(); }

    void theMagnifierShowsExactlyWhereTheJointIs()
    {
        QVERIFY(!m_desk.view()->magnifiedPoint());
        const QPoint from = m_desk.at(0) + QPoint(3, 2); // beside the centre of the joint
        m_desk.dragHolding(from, from + QPoint(31, 17));
        const std::optional<QPointF> point = m_desk.view()->magnifiedPoint();
        QVERIFY(point);
        QVERIFY(std::abs(point->x() - m_desk.seen(0).x) < 1e-4);
        QVERIFY(std::abs(point->y() - m_desk.seen(0).y) < 1e-4);
        const QImage with = m_desk.view()->grab().toImage();
        m_desk.view()->setMagnifierEnabled(false);
        QVERIFY(m_desk.view()->grab().toImage() != with);
        QTest::mouseRelease(m_desk.view(), Qt::LeftButton, {}, from + QPoint(31, 17));
        QVERIFY(!m_desk.view()->magnifiedPoint());
    }

    void theMagnifierCanBeSwitchedOffAndIsRemembered()
    {
        QAction *magnifier = m_desk.action("magnifierAction");
        QVERIFY(magnifier->isChecked());
        m_desk.key(Qt::Key_M);
        QVERIFY(!magnifier->isChecked());
        m_desk.dragHolding(m_desk.at(0), m_desk.at(0) + QPoint(30, 30));
        QVERIFY(!m_desk.view()->magnifiedPoint());
        QTest::mouseRelease(m_desk.view(), Qt::LeftButton, {}, m_desk.at(0));
        m_desk.close();
        m_desk.open();
        QVERIFY(!m_desk.action("magnifierAction")->isChecked());
        m_desk.action("magnifierAction")->trigger(); // as it was
    }

    void theSlidersChangeWhatIsShownAndNothingElse()
    {
        m_desk.action("hideOverlayAction")->trigger();
        m_desk.wheel(-2, Qt::NoModifier); // so that there is some background around the picture
        const VideoFrame frame = m_desk.window()->playback()->shownFrame();
        const std::vector<std::uint8_t> pixels = *frame.pixels;
        const double before = meanGrey();
        const QColor background = corner();
        auto *brightness = find<QSlider>("brightnessSlider");
        QVERIFY(!brightness->isVisible());
        m_desk.key(Qt::Key_B);
        QTRY_VERIFY(brightness->isVisible());
        brightness->setFocus();
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(brightness, Qt::Key_PageUp);
        QCOMPARE(brightness->value(), 40);
        QVERIFY(meanGrey() > before + 15);
        QCOMPARE(corner(), background);
        QCOMPARE(*m_desk.window()->playback()->shownFrame().pixels, pixels);
        QCOMPARE(m_desk.steps(), 0);
        QVERIFY(!m_desk.document()->isModified());

        const double bright = meanGrey();
        QTest::mouseClick(find<QToolButton>("pictureClose"), Qt::LeftButton);
        QTRY_VERIFY(!brightness->isVisible());
        QVERIFY(!m_desk.action("adjustPictureAction")->isChecked());
        m_desk.goTo(6);
        QVERIFY(std::abs(meanGrey() - bright) < 15); // goes on with the next frame
        m_desk.goTo(5);
        m_desk.key(Qt::Key_B);
        QTRY_VERIFY(brightness->isVisible());
        QTest::mouseClick(find<QPushButton>("pictureReset"), Qt::LeftButton);
        QCOMPARE(brightness->value(), 0);
        QVERIFY(std::abs(meanGrey() - before) < 2.0);
    }

    void contrastAndGammaAct()
    {
        m_desk.action("hideOverlayAction")->trigger();
        const double before = meanGrey();
        find<QSlider>("gammaSlider")->setValue(60);
        QVERIFY(meanGrey() > before + 5);
        find<QSlider>("gammaSlider")->setValue(0);
        find<QSlider>("contrastSlider")->setValue(-100);
        QVERIFY(std::abs(meanGrey() - 127.5) < std::abs(before - 127.5) + 1.0);
    }

    void theLegendNamesTheSigns()
    {
        m_desk.action("legendAction")->trigger();
        auto *dialog = find<QWidget>("legendDialog");
        QTRY_VERIFY(dialog != nullptr && dialog->isVisible());
        QTest::mouseClick(find<QPushButton>("legendClose"), Qt::LeftButton);
        QTRY_VERIFY(find<QWidget>("legendDialog") == nullptr);
    }
};

QTEST_MAIN(TestFrameDisplay)
#include "tst_framedisplay.moc"
