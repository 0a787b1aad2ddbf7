#include "widgets/image/pictureadjustment.h"
#include "widgets/image/picturebar.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>

using namespace poselift;

class TestPictureAdjustment : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void neutralChangesNothing()
    {
        const std::array<quint8, 256> table = lookupTable({});
        for (int value = 0; value < 256; ++value)
            QCOMPARE(int(table[static_cast<std::size_t>(value)]), value);
    }

    void everyTableRises()
    {
        for (const int brightness : {-100, 0, 60}) {
            for (const int contrast : {-100, -20, 0, 100}) {
                for (const int gamma : {-100, 0, 35, 100}) {
                    const std::array<quint8, 256> table = lookupTable({brightness, contrast, gamma});
                    QVERIFY(std::is_sorted(table.begin(), table.end()));
                }
            }
        }
    }

    void valuesAreThoseOfTheFormulas()
    {
        QCOMPARE(int(lookupTable({40, 0, 0})[100]), 151); // + 0.2 · 255
        QCOMPARE(int(lookupTable({-100, 0, 0})[100]), 0);
        QCOMPARE(int(lookupTable({0, -100, 0})[0]), 96);    // 127.5 − 127.5 / 4
        QCOMPARE(int(lookupTable({0, -100, 0})[150]), 133); // 127.5 + 22.5 / 4
        QCOMPARE(int(lookupTable({0, 100, 0})[90]), 0);     // 127.5 − 4 · 37.5 < 0
        QCOMPARE(int(lookupTable({0, 0, 50})[64]), 128);    // √(64/255) · 255
        QCOMPARE(int(lookupTable({0, 0, -50})[128]), 64);   // (128/255)² · 255
    }

    void onlyTheAreaIsChanged()
    {
        QImage picture(20, 10, QImage::Format_RGB32);
        picture.fill(QColor(10, 100, 200));
        adjustPicture(picture, QRect(5, 2, 100, 3), {20, 0, 0});
        QCOMPARE(picture.pixelColor(4, 2), QColor(10, 100, 200));
        QCOMPARE(picture.pixelColor(5, 1), QColor(10, 100, 200));
        QCOMPARE(picture.pixelColor(19, 5), QColor(10, 100, 200));
        const QColor brighter(35, 126, 226); // + 25.5, rounded: 0.1 · 255 is not exact
        QCOMPARE(picture.pixelColor(5, 2), brighter);
        QCOMPARE(picture.pixelColor(19, 4), brighter);
    }

    void theBarTellsOnceOfEveryChange()
    {
        PictureBar bar;
        QSignalSpy changed(&bar, &PictureBar::adjustmentChanged);
        auto *gamma = bar.findChild<QSlider *>(QStringLiteral("gammaSlider"));
        auto *reset = bar.findChild<QPushButton *>(QStringLiteral("pictureReset"));
        QVERIFY(!reset->isEnabled());
        gamma->setValue(30);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.last().at(0).value<PictureAdjustment>(), (PictureAdjustment{0, 0, 30}));
        bar.setAdjustment({5, -10, 30});
        QCOMPARE(changed.count(), 2);
        bar.setAdjustment({5, -10, 30});
        QCOMPARE(changed.count(), 2);
        QVERIFY(reset->isEnabled());
        QTest::mouseClick(reset, Qt::LeftButton);
        QCOMPARE(changed.count(), 3);
        QVERIFY(bar.adjustment().isNeutral());
    }

    void everySliderHasAName()
    {
        PictureBar bar;
        const QList<QSlider *> sliders = bar.findChildren<QSlider *>();
        QCOMPARE(sliders.size(), 3);
        for (const QSlider *slider : sliders)
            QVERIFY(!slider->accessibleName().isEmpty() && !slider->objectName().isEmpty());
    }

    void adjustingAFullHdPicture()
    {
        QImage picture(1920, 1080, QImage::Format_RGB32);
        picture.fill(QColor(10, 100, 200));
        QBENCHMARK
        {
            adjustPicture(picture, picture.rect(), {20, 10, -10});
        }
        QVERIFY(picture.pixelColor(0, 0) != QColor(10, 100, 200));
    }
};

QTEST_MAIN(TestPictureAdjustment)
#include "tst_pictureadjustment.moc"
