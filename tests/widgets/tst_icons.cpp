#include "core/base/paths.h"
#include "widgets/style/icons.h"

#include <QGuiApplication>
#include <QImage>
#include <QPalette>
#include <QPixmap>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

/// Share of pixels that are drawn at all.
double inkShare(const QImage &image)
{
    int drawn = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            drawn += image.pixelColor(x, y).alpha() > 60 ? 1 : 0;
    }
    return static_cast<double>(drawn) / (image.width() * image.height());
}

} // namespace

class TestIcons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyIconDrawsSomething();
    void iconsFollowThePalette();
    void unknownNameIsNull();
};

void TestIcons::everyIconDrawsSomething()
{
    int count = 0;
    for (const auto &entry : std::filesystem::directory_iterator(resourceDirectory() / "icons")) {
        const QString name = QString::fromStdString(entry.path().stem().string());
        const QImage image = themedIcon(name).pixmap(48, 48).toImage();
        QVERIFY2(inkShare(image) > 0.03, qPrintable(name));
        ++count;
    }
    QVERIFY(count >= 15);
    QVERIFY(inkShare(applicationIcon().pixmap(64, 64).toImage()) > 0.5);
}

void TestIcons::iconsFollowThePalette()
{
    const QPalette before = QGuiApplication::palette();
    for (const QColor colour : {QColor(240, 240, 240), QColor(20, 20, 20)}) {
        QPalette palette = before;
        palette.setColor(QPalette::ButtonText, colour);
        QGuiApplication::setPalette(palette);
        const QImage image = themedIcon(QStringLiteral("pause")).pixmap(48, 48).toImage();
        QCOMPARE(image.pixelColor(16, 24), colour); // the left bar at x = 8 of 24
    }
    QGuiApplication::setPalette(before);
}

void TestIcons::unknownNameIsNull()
{
    QVERIFY(themedIcon(QStringLiteral("no such icon")).isNull());
}

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
