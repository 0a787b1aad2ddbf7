#include "widgets/tables/queueview.h"
#include "widgets/tables/reviewtext.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QSignalSpy>
#include <QSlider>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

QueueRow row(TrackId track, qint64 frame, float score)
{
    QueueRow row;
    row.track = track;
    row.frame = frame;
    row.seconds = static_cast<double>(frame) / 25;
    row.score = score;
    row.joints = {3};
    row.person = QString::number(track);
    row.jointNames = QStringLiteral("left wrist");
    row.reason = QStringLiteral("left wrist: 38 px from where the 3D projects");
    return row;
}

Skeleton skeleton()
{
    Skeleton skeleton;
    skeleton.joints = {"left_shoulder", "right_shoulder", "left_elbow", "left_wrist", "left_knee", "right_knee"};
    skeleton.bones = {{2, 3}};
    return skeleton;
}

} // namespace

class TestQueueView : public QObject
{
    Q_OBJECT

private:
    template <typename Widget>
    static Widget *part(QueueView &view, const char *name)
    {
        return view.findChild<Widget *>(QString::fromLatin1(name));
    }
    static QString cell(QueueView &view, int line, int column)
    {
        return view.model()->index(line, column).data().toString();
    }

private Q_SLOTS:
    void rowsAreShownInTheirOrder()
    {
        QueueView view;
        const QAbstractItemModelTester tester(view.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        view.setRows({row(2, 50, 40), row(1, 10, 20)});
        QCOMPARE(view.model()->rowCount(), 2);
        QCOMPARE(cell(view, 0, QueueTableModel::RankColumn), QStringLiteral("1"));
        QCOMPARE(cell(view, 0, QueueTableModel::FrameColumn), QStringLiteral("50 (0:02.000)"));
        QCOMPARE(cell(view, 0, QueueTableModel::PersonColumn), QStringLiteral("2"));
        QCOMPARE(cell(view, 1, QueueTableModel::ScoreColumn), QStringLiteral("20"));
        QCOMPARE(cell(view, 1, QueueTableModel::ReasonColumn), row(1, 10, 20).reason);
        QCOMPARE(view.model()->index(1, 0).data(QueueTableModel::ScoreShareRole).toDouble(), 0.5);
        view.setRows({});
        QCOMPARE(view.model()->rowCount(), 0);
    }

    void anEmptyQueueSaysWhy()
    {
        QueueView view;
        view.setEmptyText(QStringLiteral("Nothing looks wrong."));
        view.setRows({});
        QCOMPARE(part<QStackedWidget>(view, "queueStack")->currentWidget(), part<QLabel>(view, "queueEmptyLabel"));
        QCOMPARE(part<QLabel>(view, "queueEmptyLabel")->text(), QStringLiteral("Nothing looks wrong."));
        view.setRows({row(1, 10, 20)});
        QCOMPARE(part<QStackedWidget>(view, "queueStack")->currentWidget(), part<QTableView>(view, "queueTable"));
    }

    void theChosenFrameStaysChosen()
    {
        QueueView view;
        view.setRows({row(1, 10, 40), row(1, 30, 20), row(2, 30, 10)});
        view.setCurrentRow(1);
        view.setRows({row(2, 30, 50), row(1, 30, 20)});
        QCOMPARE(view.currentRow(), 1);
        view.setRows({row(2, 30, 50)});
        QCOMPARE(view.currentRow(), -1);
    }

    void enterAndDoubleClickActivate()
    {
        QueueView view;
        view.resize(900, 400);
        view.setRows({row(1, 10, 40), row(1, 30, 20)});
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QSignalSpy activated(&view, &QueueView::rowActivated);
        auto *table = part<QTableView>(view, "queueTable");
        table->setFocus();
        view.setCurrentRow(0);
        QTest::keyClick(table, Qt::Key_Down);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.takeFirst().first().toInt(), 1);
        const QPoint first = table->visualRect(view.model()->index(0, QueueTableModel::ReasonColumn)).center();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, first);
        QCOMPARE(activated.count(), 0);
        QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, first);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.takeFirst().first().toInt(), 0);
    }

    void filtersTellWhatTheyShow()
    {
        QueueView view;
        QSignalSpy changed(&view, &QueueView::filterChanged);
        view.setPeople({{1, QStringLiteral("Person 1")}, {4, QStringLiteral("Ann")}});
        QCOMPARE(changed.count(), 0);
        QCOMPARE(view.personFilter(), 0);
        QVERIFY(!view.reasonFilter());
        auto *people = part<QComboBox>(view, "queuePersonBox");
        QTest::keyClicks(people, QStringLiteral("Ann"));
        QCOMPARE(view.personFilter(), 4);
        QCOMPARE(changed.count(), 1);
        part<QComboBox>(view, "queueReasonBox")->setCurrentText(reviewReasonTitle(ReviewReason::SideSwap));
        QVERIFY(view.reasonFilter() == ReviewReason::SideSwap);
        view.setPeople({{1, QStringLiteral("Person 1")}}); // Ann is gone
        QCOMPARE(view.personFilter(), 0);
        QCOMPARE(changed.count(), 3);
    }

    void slidersAndPresetsChangeTheWeights()
    {
        QueueView view;
        view.show();
        QSignalSpy chosen(&view, &QueueView::emphasisChosen);
        QVERIFY(!part<QWidget>(view, "reviewWeightsPanel")->isVisible());
        QTest::mouseClick(part<QToolButton>(view, "queueWeightsButton"), Qt::LeftButton);
        QVERIFY(part<QWidget>(view, "reviewWeightsPanel")->isVisible());
        auto *slider = part<QSlider>(view, "weightSlider_side_swap");
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.last().first().value<ReviewEmphasis>()[static_cast<std::size_t>(ReviewReason::SideSwap)], 110);
        QCOMPARE(part<QLabel>(view, "weightValue_side_swap")->text(), QStringLiteral("110 %"));
        auto *presets = part<QComboBox>(view, "weightPresetBox");
        QCOMPARE(presets->currentText(), QStringLiteral("Own weights"));
        QTest::keyClick(presets, Qt::Key_Home);
        QCOMPARE(presets->currentText(), QStringLiteral("Balanced"));
        QCOMPARE(slider->value(), kUsualEmphasis);
        QCOMPARE(presets->findText(QStringLiteral("Own weights")), -1);
    }

    void emphasisMultipliesTheDefaultWeights()
    {
        ReviewEmphasis emphasis;
        emphasis.fill(kUsualEmphasis);
        QVERIFY(emphasised(emphasis) == ReviewWeights{});
        emphasis[0] = 0;
        emphasis[1] = 200;
        QCOMPARE(emphasised(emphasis).values[0], 0.0F);
        QCOMPARE(emphasised(emphasis).values[1], 2 * ReviewWeights{}.values[1]);
    }

    void progressComesAndGoes()
    {
        QueueView view;
        view.show();
        auto *bar = part<QProgressBar>(view, "queueProgressBar");
        QVERIFY(!bar->isVisible());
        view.setProgress(1'000'000'000'000, 4'000'000'000'000);
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->value() * 4, bar->maximum());
        QSignalSpy cancelled(&view, &QueueView::cancelRequested);
        QTest::mouseClick(part<QToolButton>(view, "queueCancelButton"), Qt::LeftButton);
        QCOMPARE(cancelled.count(), 1);
        view.setProgress(0, 0);
        QVERIFY(!bar->isVisible());
    }

    void reasonsInWords_data()
    {
        QTest::addColumn<int>("reason");
        QTest::addColumn<std::vector<int>>("joints");
        QTest::addColumn<double>("amount");
        QTest::addColumn<QString>("text");
        const auto add = [](ReviewReason reason, std::vector<int> joints, double amount, const char *text) {
            QTest::newRow(text) << static_cast<int>(reason) << joints << amount << QString::fromUtf8(text);
        };
        add(ReviewReason::LowConfidence, {3}, 0.23, "left wrist: the detector is only 23 % sure");
        add(ReviewReason::LowConfidence, {3}, -1, "left wrist: not seen");
        add(ReviewReason::Reprojection, {3, 2}, 38.2, "left wrist: 38 px from where the 3D projects");
        add(ReviewReason::Disagreement, {3}, 0.084, "left wrist: two lifters are 84 mm apart");
        add(ReviewReason::BoneLength, {3}, 1.5, "left elbow to left wrist: 150 % of the usual length");
        add(ReviewReason::SideSwap, {4, 5}, 0, "left and right legs look exchanged");
        add(ReviewReason::SideSwap, {0, 1, 3}, 0, "left and right arms look exchanged");
        add(ReviewReason::SideSwap, {0, 1, 4, 5}, 0, "left and right look exchanged");
        add(ReviewReason::Motion, {3}, 54, "left wrist: 54 px off its path");
    }

    void reasonsInWords()
    {
        QFETCH(int, reason);
        QFETCH(std::vector<int>, joints);
        QFETCH(double, amount);
        QFETCH(QString, text);
        Finding finding;
        finding.reason = static_cast<ReviewReason>(reason);
        finding.joints = joints;
        finding.bone = finding.reason == ReviewReason::BoneLength ? 0 : -1;
        finding.amount = amount;
        QCOMPARE(findingText(finding, skeleton()), text);
    }

    void manyJointsAreNotAllNamed()
    {
        Finding finding;
        finding.joints = {3, 2};
        QCOMPARE(findingJoints(finding, skeleton()), QStringLiteral("left wrist, left elbow"));
        finding.joints = {3, 2, 0, 1, 4};
        QVERIFY(findingJoints(finding, skeleton())
                    .startsWith(QStringLiteral("left wrist, left elbow, left shoulder and 2 more")));
    }
};

QTEST_MAIN(TestQueueView)
#include "tst_queueview.moc"
