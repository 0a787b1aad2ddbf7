#include "models/lift/trainingcheckpoint.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace poselift;
using nlohmann::json;

namespace {

WeightsFile someState()
{
    return {{{"layer.weight", {{2}, {0.5F, -3.0F}}}}, {{"optimiser_steps", 9}}};
}

Result<void> anyState(const WeightsFile &, const std::string &)
{
    return {};
}

} // namespace

class TestTrainingCheckpoint : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void whatWasWrittenIsReadBack();
    void otherOptionsAreRefused();
    void unnamedOptionsAreNotCompared();
    void optionsOfOlderFilesAreFound();
    void missingProgressIsAWrongFormat();
    void refusedStateIsReported();
    void missingFileIsNamed();

private:
    std::filesystem::path folder() const { return m_folder->path().toStdString(); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTrainingCheckpoint::whatWasWrittenIsReadBack()
{
    const json fixed{{"seed", std::uint64_t(0xFFFFFFFFFFFFFFFFULL)}, {"shares", {0.25, 0.75}}};
    QVERIFY(writeTrainingCheckpoint(someState(), fixed, {{"step", 17}, {"loss", 0.125}}, folder()).ok());
    WeightsFile state;
    int step = 0;
    const Result<void> read = readTrainingCheckpoint(
        folder(), fixed,
        [&](const WeightsFile &found, const std::string &path) {
            state = found;
            return path.ends_with("checkpoint.h5") ? Result<void>() : Error(ErrorCode::Internal);
        },
        [&](const json &attributes) { step = attributes.at("step").get<int>(); });
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().sentence().c_str());
    QVERIFY(state.arrays == someState().arrays);
    QCOMPARE(state.attributes.at("optimiser_steps").get<int>(), 9);
    QCOMPARE(step, 17);
}

void TestTrainingCheckpoint::otherOptionsAreRefused()
{
    QVERIFY(writeTrainingCheckpoint(someState(), {{"batch", 32}, {"shares", {1, 2}}}, {}, folder()).ok());
    for (const json &other : {json{{"batch", 16}, {"shares", {1, 2}}}, json{{"batch", 32}, {"shares", {1, 3}}}}) {
        bool taken = false;
        const Result<void> read =
            readTrainingCheckpoint(folder(), other, anyState, [&](const json &) { taken = true; });
        QVERIFY(!read.ok() && !taken);
        QCOMPARE(read.error().code(), ErrorCode::BadArgument);
    }
    const Result<void> read = readTrainingCheckpoint(folder(), {{"batch", 16}}, anyState, [](const json &) {});
    const std::string sentence = read.error().sentence();
    QVERIFY2(sentence.find("batch: expected 32") != std::string::npos, sentence.c_str());
}

void TestTrainingCheckpoint::unnamedOptionsAreNotCompared()
{
    QVERIFY(writeTrainingCheckpoint(someState(), {{"batch", 32}}, {}, folder()).ok());
    QVERIFY(readTrainingCheckpoint(folder(), {{"batch", 32}, {"people", 7}}, anyState, [](const json &) {}).ok());
}

void TestTrainingCheckpoint::optionsOfOlderFilesAreFound()
{
    QVERIFY(writeTrainingCheckpoint(someState(), {}, {{"run", {{"batch", 8}, {"step", 3}}}}, folder()).ok());
    int step = 0;
    const auto take = [&](const json &attributes) { step = attributes.at("step").get<int>(); };
    QVERIFY(readTrainingCheckpoint(folder(), {{"batch", 8}}, anyState, take).ok());
    QCOMPARE(step, 3);
    QVERIFY(!readTrainingCheckpoint(folder(), {{"batch", 9}}, anyState, take).ok());
}

void TestTrainingCheckpoint::missingProgressIsAWrongFormat()
{
    QVERIFY(writeTrainingCheckpoint(someState(), {}, {{"step", "far"}}, folder()).ok());
    for (const char *name : {"step", "seconds"}) {
        const Result<void> read = readTrainingCheckpoint(
            folder(), json::object(), anyState, [&](const json &attributes) { attributes.at(name).get<double>(); });
        QVERIFY(!read.ok());
        QCOMPARE(read.error().code(), ErrorCode::WrongFormat);
    }
}

void TestTrainingCheckpoint::refusedStateIsReported()
{
    QVERIFY(writeTrainingCheckpoint(someState(), {}, {}, folder()).ok());
    const Result<void> read = readTrainingCheckpoint(
        folder(), json::object(),
        [](const WeightsFile &, const std::string &path) -> Result<void> {
            return Error(ErrorCode::MissingDataset, {{"path", path}, {"name", "layer.bias"}});
        },
        [](const json &) {});
    QCOMPARE(read.error().code(), ErrorCode::MissingDataset);
}

void TestTrainingCheckpoint::missingFileIsNamed()
{
    const Result<void> read = readTrainingCheckpoint(folder(), json::object(), anyState, [](const json &) {});
    QCOMPARE(read.error().code(), ErrorCode::FileNotFound);
    QVERIFY(read.error().sentence().find("checkpoint.h5") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestTrainingCheckpoint)
#include "tst_trainingcheckpoint.moc"
