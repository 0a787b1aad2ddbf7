#include "models/lift/checkpointimport.h"
#include "models/lift/moduleweights_torch.h"
#include "models/lift/temporalmodel_torch.h"
#include "tests/support/environment.h"

#include <fstream>

using namespace poselift;

namespace {

namespace fs = std::filesystem;

/// What torch.save(dict(…)) writes: a zip container that holds a pickled dict of tensors.
void saveDictionary(const fs::path &path, const std::map<std::string, torch::Tensor> &tensors)
{
    c10::impl::GenericDict dictionary(c10::StringType::get(), c10::TensorType::get());
    for (const auto &[name, tensor] : tensors)
        dictionary.insert(name, tensor.detach());
    const std::vector<char> bytes = torch::pickle_save(dictionary);
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::map<std::string, torch::Tensor> smallModel()
{
    torch::manual_seed(3);
    TemporalModel model(TemporalModelOptions().channels(8).filter_widths({3, 5}));
    std::map<std::string, torch::Tensor> tensors;
    for (const auto &item : model->named_parameters())
        tensors.emplace(item.key(), item.value());
    for (const auto &item : model->named_buffers())
        tensors.emplace(item.key(), item.value());
    return tensors;
}

} // namespace

class TestCheckpointImport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plainDictionaryBecomesWeights();
    void optionsThatContradictShapesAreRefused();
    void wrongShapesAreNamed();
    void notANumberIsRefused();
    void otherFilesAreRefused();
    void goldenPlainDictionary();
    void goldenStateDictSaysHowToSaveAgain();

private:
    fs::path at(const char *name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    QTemporaryDir m_folder;
};

void TestCheckpointImport::plainDictionaryBecomesWeights()
{
    const auto tensors = smallModel();
    saveDictionary(at("plain.pt"), tensors);
    Result<WeightsFile> weights = importTorchWeights(at("plain.pt"));
    QVERIFY2(weights.ok(), weights.ok() ? "" : weights.error().sentence().c_str());
    QCOMPARE(weights->arrays.size(), tensors.size());
    QCOMPARE(weights->arrays.at("shrink.bias"), toWeightArray(tensors.at("shrink.bias")));
    QVERIFY(describeTemporalModel(*weights, {}, "plain.pt").ok());
    QCOMPARE(weights->attributes["filter_widths"], (nlohmann::json{3, 5}));
    QCOMPARE(weights->attributes["channels"], 8);
    QCOMPARE(weights->attributes["input_joints"].size(), std::size_t{17});
}

void TestCheckpointImport::optionsThatContradictShapesAreRefused()
{
    saveDictionary(at("options.pt"), smallModel());
    Result<WeightsFile> weights = importTorchWeights(at("options.pt"));
    QVERIFY(weights.ok());
    TemporalImportOptions options;
    options.inFeatures = 3; // 34 inputs
    QCOMPARE(describeTemporalModel(*weights, options, "a.pt").error().code(), ErrorCode::BadArgument);
    options = {};
    options.inputSkeleton = "mpii16";
    QCOMPARE(describeTemporalModel(*weights, options, "a.pt").error().code(), ErrorCode::BadArgument);
}

void TestCheckpointImport::wrongShapesAreNamed()
{
    auto tensors = smallModel();
    tensors["layers_bn.1.weight"] = torch::ones({3});
    saveDictionary(at("shape.pt"), tensors);
    Result<WeightsFile> weights = importTorchWeights(at("shape.pt"));
    QVERIFY(weights.ok());
    QCOMPARE(describeTemporalModel(*weights, {}, "shape.pt").error().sentence(),
             std::string("shape.pt: dataset 'layers_bn.1.weight' has shape [3], expected [8]."));
    tensors.erase("expand_conv.weight");
    saveDictionary(at("less.pt"), tensors);
    weights = importTorchWeights(at("less.pt"));
    QCOMPARE(describeTemporalModel(*weights, {}, "less.pt").error().code(), ErrorCode::MissingDataset);
}

void TestCheckpointImport::notANumberIsRefused()
{
    auto tensors = smallModel();
    tensors["shrink.bias"] = torch::full({51}, std::nan(""));
    saveDictionary(at("nan.pt"), tensors);
    QCOMPARE(importTorchWeights(at("nan.pt")).error().code(), ErrorCode::NotFinite);
}

void TestCheckpointImport::otherFilesAreRefused()
{
    QCOMPARE(importTorchWeights(at("none.pt")).error().code(), ErrorCode::FileNotFound);
    QCOMPARE(importTorchWeights(at("")).error().code(), ErrorCode::IsDirectory);
    std::ofstream(at("text.pt")) << "no weights";
    QCOMPARE(importTorchWeights(at("text.pt")).error().code(), ErrorCode::WrongFormat);
    saveDictionary(at("cut.pt"), smallModel());
    fs::resize_file(at("cut.pt"), fs::file_size(at("cut.pt")) / 2);
    QCOMPARE(importTorchWeights(at("cut.pt")).error().code(), ErrorCode::WrongFormat);
}

void TestCheckpointImport::goldenPlainDictionary()
{
    POSELIFT_REQUIRE_DATA(golden, "POSELIFT_GOLDEN");
    Result<WeightsFile> imported = importTorchWeights(golden / "temporal_small_ch128_rf243_plaindict.pt");
    QVERIFY2(imported.ok(), imported.ok() ? "" : imported.error().sentence().c_str());
    QVERIFY(describeTemporalModel(*imported, {}, "plaindict.pt").ok());
    const Result<WeightsFile> reference = readWeights(golden / "temporal_small_ch128_rf243.h5");
    QVERIFY(reference.ok());
    for (const auto &[name, array] : imported->arrays)
        QCOMPARE(array.values, reference->arrays.at("state/" + name).values);
}

void TestCheckpointImport::goldenStateDictSaysHowToSaveAgain()
{
    POSELIFT_REQUIRE_DATA(golden, "POSELIFT_GOLDEN");
    const Result<WeightsFile> imported = importTorchWeights(golden / "temporal_small_ch128_rf243.pt");
    QVERIFY(!imported.ok());
    const std::string sentence = imported.error().sentence();
    QVERIFY2(sentence.find("torch.save(dict(state_dict)") != std::string::npos, sentence.c_str());
    QVERIFY2(sentence.find("OrderedDict") != std::string::npos, sentence.c_str());
}

QTEST_APPLESS_MAIN(TestCheckpointImport)
#include "tst_checkpointimport.moc"
