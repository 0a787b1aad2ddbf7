#include "core/base/error.h"
#include "core/base/sha256.h"

#include <QtTest/QtTest>

using namespace poselift;

class TestError : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sentenceFillsEveryPlaceholder();
    void unknownPlaceholderStays();
    void namesRoundTrip();
    void sha256MatchesThePublishedVectors();
};

void TestError::sentenceFillsEveryPlaceholder()
{
    const Error error(ErrorCode::WrongShape, {{"path", "a.h5"}, {"name", "xy"}, {"expected", "[N, 2]"}, {"found", "[3]"}});
    QCOMPARE(error.sentence(), std::string("a.h5: dataset 'xy' has shape [3], expected [N, 2]."));
}

void TestError::unknownPlaceholderStays()
{
    QCOMPARE(fillPlaceholders("{a} {b} {", {{"a", "{b}"}}), std::string("{b} {b} {"));
}

void TestError::namesRoundTrip()
{
    for (int i = 0; i < errorCodeCount(); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        QCOMPARE(errorCodeFromName(errorName(code)), code);
    }
    QCOMPARE(errorCodeFromName("from the future"), ErrorCode::Internal);
}

// Vectors: FIPS 180-4 examples.
void TestError::sha256MatchesThePublishedVectors()
{
    Sha256 abc;
    abc.add("abc", 3);
    QCOMPARE(abc.finish(), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(Sha256().finish(), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

QTEST_APPLESS_MAIN(TestError)
#include "tst_error.moc"
