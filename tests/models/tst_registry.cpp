#include "core/base/sha256.h"
#include "models/detectormanifest.h"
#include "models/installmodel.h"
#include "models/registry.h"

#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <fstream>

using namespace poselift;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

void write(const fs::path &path, const std::string &text)
{
    std::ofstream(path, std::ios::binary) << text;
}

std::string sha256Of(const std::string &text)
{
    Sha256 sha;
    sha.add(text.data(), text.size());
    return sha.finish();
}

json manifestFor(const std::string &network)
{
    return {{"kind", "keypoints"},
            {"title", "Test"},
            {"licence", "CC0"},
            {"source", "made by the test"},
            {"format", "onnx"},
            {"files", {{{"name", "net.onnx"}, {"role", "network"}, {"sha256", sha256Of(network)}}}},
            {"input", {{"width", 32}, {"height", 48}, {"colour", "RGB"}, {"scale", 1}, {"resize", "crop"}, {"padding", 1.25}}},
            {"decoder", {{"type", "heatmaps"}, {"refinement", "taylor"}, {"alignment", "centre"}}},
            {"skeleton", "coco17"}};
}

/// Removes the member that a dotted name gives.
void removeField(json &manifest, const std::string &dotted)
{
    const std::size_t dot = dotted.find('.');
    if (dot == std::string::npos)
        manifest.erase(dotted);
    else
        manifest[dotted.substr(0, dot)].erase(dotted.substr(dot + 1));
}

std::string argument(const Error &error, const std::string &name)
{
    for (const auto &[key, value] : error.arguments())
        if (key == name)
            return value;
    return {};
}

} // namespace

class TestRegistry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void everyMissingFieldIsNamed_data();
    void everyMissingFieldIsNamed();
    void wrongFieldSaysWhatWasFound();
    void fileOutsideTheFolderIsRefused();
    void changedFileIsAChecksumMismatch();
    void folderIsInstalledListedAndRemoved();
    void damagedFolderLeavesTheInstalledModel();
    void unknownFileIsRefusedWithTheFieldsToWrite();
    void folderWithNothingKnownIsRefused();
    void brokenJsonSaysWhere();

private:
    fs::path makeModel(const std::string &name, const json &manifest, const std::string &network = "weights");

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestRegistry::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("POSELIFT_MODELS", m_folder->filePath(QStringLiteral("installed")).toUtf8());
}

fs::path TestRegistry::makeModel(const std::string &name, const json &manifest, const std::string &network)
{
    const fs::path folder = fs::path(m_folder->path().toStdString()) / name;
    fs::create_directories(folder);
    write(folder / "net.onnx", network);
    write(folder / "model.json", manifest.dump());
    return folder;
}

void TestRegistry::everyMissingFieldIsNamed_data()
{
    QTest::addColumn<QString>("field");
    for (const char *field : {"kind", "title", "licence", "source", "format", "files", "input", "input.width",
                              "input.height", "input.colour", "input.scale", "input.resize", "input.padding",
                              "decoder", "decoder.type", "decoder.refinement", "decoder.alignment", "skeleton"})
        QTest::newRow(field) << QString::fromLatin1(field);
}

void TestRegistry::everyMissingFieldIsNamed()
{
    QFETCH(QString, field);
    json manifest = manifestFor("weights");
    removeField(manifest, field.toStdString());
    const Result<InstalledModel> model = readInstalledModel(makeModel("m", manifest));
    QVERIFY(!model);
    QCOMPARE(model.error().code(), ErrorCode::ManifestField);
    QCOMPARE(argument(model.error(), "name"), field.toStdString());
    QCOMPARE(argument(model.error(), "found"), std::string("nothing"));
}

void TestRegistry::wrongFieldSaysWhatWasFound()
{
    json manifest = manifestFor("weights");
    manifest["input"]["colour"] = "YUV";
    const Result<InstalledModel> model = readInstalledModel(makeModel("m", manifest));
    QVERIFY(!model);
    QCOMPARE(argument(model.error(), "name"), std::string("input.colour"));
    QCOMPARE(argument(model.error(), "expected"), std::string("one of 'BGR', 'RGB'"));
    QCOMPARE(argument(model.error(), "found"), std::string("\"YUV\""));
}

void TestRegistry::fileOutsideTheFolderIsRefused()
{
    json manifest = manifestFor("weights");
    manifest["files"][0]["name"] = "../net.onnx";
    const Result<InstalledModel> model = readInstalledModel(makeModel("m", manifest));
    QVERIFY(!model);
    QCOMPARE(argument(model.error(), "name"), std::string("files[0].name"));
}

void TestRegistry::changedFileIsAChecksumMismatch()
{
    const Result<InstalledModel> model = readInstalledModel(makeModel("m", manifestFor("weights"), "changed"));
    QVERIFY(!model);
    QCOMPARE(model.error().code(), ErrorCode::ChecksumMismatch);
    QCOMPARE(argument(model.error(), "expected"), sha256Of("weights"));
    QCOMPARE(argument(model.error(), "found"), sha256Of("changed"));
}

void TestRegistry::folderIsInstalledListedAndRemoved()
{
    const fs::path folder = makeModel("good", manifestFor("weights"));
    write(folder / "LICENSE.txt", "text");
    const Result<std::vector<InstalledModel>> installed = installModel(folder);
    QVERIFY2(installed.ok(), installed ? "" : installed.error().sentence().c_str());
    QCOMPARE(installed->size(), std::size_t(1));

    const std::vector<InstalledModel> models = installedModels();
    const auto at = std::find_if(models.begin(), models.end(), [](const InstalledModel &m) { return m.name == "good"; });
    QVERIFY(at != models.end());
    QCOMPARE(at->kind, std::string("keypoints"));
    QCOMPARE(at->bundled, false);
    QVERIFY(fs::exists(at->folder / "LICENSE.txt"));
    // Nothing but the model is left behind.
    QCOMPARE(std::distance(fs::directory_iterator(at->folder.parent_path()), fs::directory_iterator()), std::ptrdiff_t(1));

    QVERIFY(removeModel("good").ok());
    QVERIFY(!fs::exists(at->folder));
    QCOMPARE(removeModel("good").error().code(), ErrorCode::ModelNotFound);
}

void TestRegistry::damagedFolderLeavesTheInstalledModel()
{
    QVERIFY(installModel(makeModel("good", manifestFor("weights"))).ok());
    const Result<std::vector<InstalledModel>> again = installModel(makeModel("good", manifestFor("weights"), "damaged"));
    QVERIFY(!again);
    QCOMPARE(again.error().code(), ErrorCode::ChecksumMismatch);
    QVERIFY(readInstalledModel(m_folder->filePath(QStringLiteral("installed/good")).toStdString()).ok());
}

void TestRegistry::unknownFileIsRefusedWithTheFieldsToWrite()
{
    const fs::path folder = makeModel("m", manifestFor("weights"));
    const Result<std::vector<InstalledModel>> installed = installModel(folder / "net.onnx");
    QVERIFY(!installed);
    QCOMPARE(installed.error().code(), ErrorCode::UnknownModelFile);
    QVERIFY(argument(installed.error(), "expected").find("decoder") != std::string::npos);
    QCOMPARE(argument(installed.error(), "found"), sha256Of("weights"));
}

void TestRegistry::folderWithNothingKnownIsRefused()
{
    QCOMPARE(installModel(m_folder->path().toStdString()).error().code(), ErrorCode::NothingToInstall);
    QCOMPARE(installModel(m_folder->filePath(QStringLiteral("absent")).toStdString()).error().code(), ErrorCode::FileNotFound);
}

void TestRegistry::brokenJsonSaysWhere()
{
    const fs::path folder = makeModel("m", manifestFor("weights"));
    write(folder / "model.json", "{\"kind\": ");
    const Result<InstalledModel> model = readInstalledModel(folder);
    QVERIFY(!model);
    QCOMPARE(model.error().code(), ErrorCode::WrongFormat);
}

QTEST_APPLESS_MAIN(TestRegistry)
#include "tst_registry.moc"
