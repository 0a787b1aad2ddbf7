// The signs of joints must be told apart without hue: everything here is drawn in grey.

#include "widgets/image/jointmark.h"

#include <QImage>
#include <QPainter>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kSizePx = 40;
constexpr int kDifferentPixels = 8; ///< so many must differ clearly for two signs to be different

struct NamedMark
{
    QString name;
    JointMark mark;
};

QImage drawn(const JointMark &mark, double radius)
{
    QImage picture(kSizePx, kSizePx, QImage::Format_Grayscale8);
    picture.fill(110);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    drawJointMark(&painter, QPointF(kSizePx, kSizePx) / 2.0, radius, mark);
    return picture;
}

int clearlyDifferentPixels(const QImage &a, const QImage &b)
{
    int count = 0;
    for (int y = 0; y < kSizePx; ++y) {
        for (int x = 0; x < kSizePx; ++x)
            count += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) > 48 ? 1 : 0;
    }
    return count;
}

JointMark grey(KeypointState state, KeypointOrigin origin)
{
    JointMark mark;
    mark.keypoint.confidence = 1.0F;
    mark.keypoint.state = state;
    mark.keypoint.origin = origin;
    mark.colour = QColor(200, 200, 200);
    return mark;
}

/// Every state with every origin, locked or not, chosen or not.
std::vector<NamedMark> allMarks()
{
    std::vector<NamedMark> marks;
    const auto addVariants = [&marks](const QString &name, const JointMark &plain) {
        for (int variant = 0; variant < 6; ++variant) {
            JointMark mark = plain;
            mark.keypoint.locked = variant % 2 == 1;
            mark.selected = variant >= 2;
            mark.current = variant >= 4;
            marks.push_back({QStringLiteral("%1, variant %2").arg(name).arg(variant), mark});
        }
    };
    for (int origin = 0; origin <= static_cast<int>(KeypointOrigin::Triangulated); ++origin) {
        for (const KeypointState state : {KeypointState::Visible, KeypointState::Occluded})
            addVariants(QStringLiteral("origin %1, state %2").arg(origin).arg(static_cast<int>(state)),
                        grey(state, static_cast<KeypointOrigin>(origin)));
    }
    addVariants(QStringLiteral("absent"), grey(KeypointState::Absent, KeypointOrigin::Corrected));
    return marks;
}

} // namespace

class TestJointMark : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everySignIsDifferentWithoutHue_data()
    {
        QTest::addColumn<double>("radius");
        QTest::newRow("large, as of the chosen person") << 6.75;
        QTest::newRow("medium") << 4.5;
    }

    void everySignIsDifferentWithoutHue()
    {
        QFETCH(double, radius);
        const std::vector<NamedMark> marks = allMarks();
        QCOMPARE(marks.size(), 66U);
        for (std::size_t a = 0; a < marks.size(); ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                const int different =
                    clearlyDifferentPixels(drawn(marks[a].mark, radius), drawn(marks[b].mark, radius));
                QVERIFY2(different >= kDifferentPixels,
                         qPrintable(QStringLiteral("%1 and %2: %3").arg(marks[a].name, marks[b].name).arg(different)));
            }
        }
    }

    void hueIsOnlyOfTheSide()
    {
        JointMark left = grey(KeypointState::Visible, KeypointOrigin::Detected);
        JointMark other = left;
        other.colour = QColor(0, 0, 255);
        QVERIFY(drawn(left, 6.0) != drawn(other, 6.0));
    }

    void lowConfidenceIsSmaller()
    {
        const JointMark sure = grey(KeypointState::Visible, KeypointOrigin::Detected);
        JointMark doubtful = sure;
        doubtful.keypoint.confidence = 0.0F;
        const int edge = kSizePx / 2 + 7;
        QCOMPARE(drawn(doubtful, 6.75).pixelColor(edge, kSizePx / 2), QColor(110, 110, 110));
        QVERIFY(drawn(sure, 6.75).pixelColor(edge, kSizePx / 2) != QColor(110, 110, 110));
    }
};

QTEST_MAIN(TestJointMark)
#include "tst_jointmark.moc"
