#include "core/io/weightsfile.h"

#include <QtTest/QtTest>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

using namespace poselift;

namespace {

WeightsFile sample()
{
    WeightsFile weights;
    weights.arrays["expand_conv.weight"] = {{2, 3, 1}, {0.5F, -1.25F, 3.0F, 1e-3F, 0.0F, 100.0F}};
    weights.arrays["bias"] = {{2}, {1.0F, 2.0F}};
    weights.attributes = {{"architecture", "temporal"}, {"filter_widths", {3, 3}}, {"note", std::string(100000, 'x')}};
    return weights;
}

} // namespace

class TestWeightsFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void roundTripsExactly();
    void halfPrecisionRoundsTo11Bits();
    void missingFileIsNamed();
    void textFileIsNotHdf5();
    void truncatedFileIsSaidToBeCutShort();
    void nonFiniteValuesAreRefusedBothWays();
    void failedWriteKeepsTheOldFile();

private:
    std::filesystem::path at(const char *name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    QTemporaryDir m_folder;
};

void TestWeightsFile::roundTripsExactly()
{
    const WeightsFile weights = sample();
    QVERIFY(writeWeights(weights, at("a.h5")).ok());
    const Result<WeightsFile> read = readWeights(at("a.h5"));
    QVERIFY(read.ok());
    QCOMPARE(read->arrays, weights.arrays);
    QCOMPARE(read->attributes, weights.attributes);
    int files = 0;
    for (const auto &entry : std::filesystem::directory_iterator(m_folder.path().toStdString()))
        files += entry.path().filename().string().starts_with("a.h5") ? 1 : 0;
    QCOMPARE(files, 1); // no temporary file stays behind
}

void TestWeightsFile::halfPrecisionRoundsTo11Bits()
{
    const WeightsFile weights = sample();
    QVERIFY(writeWeights(weights, at("half.h5"), /*halfPrecision=*/true).ok());
    const Result<WeightsFile> read = readWeights(at("half.h5"));
    QVERIFY(read.ok());
    const auto &expected = weights.arrays.at("expand_conv.weight").values;
    const auto &found = read->arrays.at("expand_conv.weight").values;
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY(std::abs(found[i] - expected[i]) <= std::abs(expected[i]) / 2048);
    QCOMPARE(found[1], -1.25F);
}

void TestWeightsFile::missingFileIsNamed()
{
    const Result<WeightsFile> read = readWeights(at("none.h5"));
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code(), ErrorCode::FileNotFound);
}

void TestWeightsFile::textFileIsNotHdf5()
{
    std::ofstream(at("text.h5")) << "not HDF5";
    const Result<WeightsFile> read = readWeights(at("text.h5"));
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code(), ErrorCode::WrongFormat);
}

void TestWeightsFile::truncatedFileIsSaidToBeCutShort()
{
    QVERIFY(writeWeights(sample(), at("cut.h5")).ok());
    std::filesystem::resize_file(at("cut.h5"), std::filesystem::file_size(at("cut.h5")) / 2);
    const Result<WeightsFile> read = readWeights(at("cut.h5"));
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code(), ErrorCode::FileTruncated);
}

void TestWeightsFile::nonFiniteValuesAreRefusedBothWays()
{
    WeightsFile weights = sample();
    weights.arrays["bias"].values[1] = std::numeric_limits<float>::quiet_NaN();
    QCOMPARE(writeWeights(weights, at("nan.h5")).error().code(), ErrorCode::NotFinite);
    QVERIFY(!std::filesystem::exists(at("nan.h5")));
    // A value that float32 holds and float16 does not.
    weights.arrays["bias"].values[1] = 1e6F;
    QCOMPARE(writeWeights(weights, at("nan.h5"), true).error().code(), ErrorCode::NotFinite);
}

void TestWeightsFile::failedWriteKeepsTheOldFile()
{
    const std::filesystem::path folder = at("locked");
    std::filesystem::create_directory(folder);
    const Result<void> written = writeWeights(sample(), folder); // a folder is in the way of the rename
    QVERIFY(!written.ok());
    QCOMPARE(written.error().code(), ErrorCode::CannotWrite);
    QVERIFY(std::filesystem::is_directory(folder));
    const Result<void> nowhere = writeWeights(sample(), at("no/such/folder/a.h5"));
    QVERIFY(!nowhere.ok());
    QCOMPARE(nowhere.error().code(), ErrorCode::CannotWrite);
}

QTEST_APPLESS_MAIN(TestWeightsFile)
#include "tst_weightsfile.moc"
