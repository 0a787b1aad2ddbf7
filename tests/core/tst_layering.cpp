#include <QtTest/QtTest>

#include <QDirIterator>
#include <QRegularExpression>

/// The arrows of the design stand in target_link_libraries; this scans #include lines as well,
/// because the system's include path lets <ATen/…> and <QtWidgets/…> through everywhere.
class TestLayering : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void includesFollowTheArrows_data();
    void includesFollowTheArrows();
    void publicHeadersOfModelsAreFreeOfTorch();
    void headersOfChartsAreFreeOfPlots();
    void tokensOfQtKeywordsAreNotUsed();
};

namespace {

struct SourceLine
{
    QString file;
    QString text;
};

/// All lines of the C++ files below @p folder that match @p pattern, except files below @p except.
QList<SourceLine> linesMatching(const QString &folder, const QString &pattern, const QString &except = {},
                                const QStringList &nameFilters = {QStringLiteral("*.h"), QStringLiteral("*.cpp")})
{
    const QRegularExpression expression(pattern);
    const QString root = QStringLiteral(POSELIFT_SOURCE_DIR "/");
    QList<SourceLine> found;
    QDirIterator files(root + folder, nameFilters, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString relative = path.mid(root.size());
        if (!except.isEmpty() && relative.startsWith(except))
            continue;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        while (!file.atEnd()) {
            const QString line = QString::fromUtf8(file.readLine()).trimmed();
            if (expression.match(line).hasMatch())
                found.append({relative, line});
        }
    }
    return found;
}

QString listed(const QList<SourceLine> &lines)
{
    QString text;
    for (const SourceLine &line : lines)
        text += line.file + QStringLiteral(": ") + line.text + QLatin1Char('\n');
    return text;
}

const QString kTorch = QStringLiteral("^#\\s*include\\s*[<\"](torch|ATen|c10|caffe2)/");
const QString kQt = QStringLiteral("^#\\s*include\\s*[<\"](Q[A-Z]|Qt[A-Z0-9])");

} // namespace

void TestLayering::includesFollowTheArrows_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("forbidden");
    QTest::addColumn<QString>("except");
    QTest::newRow("core has no torch") << "core" << kTorch << QString();
    QTest::newRow("widgets have no torch") << "widgets" << kTorch << QString();
    QTest::newRow("gui has no torch") << "gui" << kTorch << QString();
    QTest::newRow("core has no Qt outside document") << "core" << kQt << "core/document/";
    QTest::newRow("models have no Qt") << "models" << kQt << QString();
    QTest::newRow("the document has no widgets")
        << "core/document" << "^#\\s*include\\s*[<\"](QtWidgets/|Q(Widget|Dialog|MainWindow|Application)\\b)" << QString();
    QTest::newRow("core includes nothing above") << "core" << "^#\\s*include\\s*\"(models|widgets|gui)/" << QString();
    QTest::newRow("models include nothing above") << "models" << "^#\\s*include\\s*\"(core/document|widgets|gui)/" << QString();
    QTest::newRow("widgets include nothing above") << "widgets" << "^#\\s*include\\s*\"(models|gui)/" << QString();
    const QString charts = QStringLiteral("^#\\s*include\\s*[<\"]qcustomplot\\.h");
    for (const char *folder : {"core", "gui", "models", "tests"})
        QTest::addRow("%s has no plots", folder) << folder << charts << QString();
    QTest::newRow("plots stay with the charts") << "widgets" << charts << "widgets/charts/";
    QTest::newRow("gui does not include models") << "gui" << "^#\\s*include\\s*\"models/" << QString();
}

void TestLayering::includesFollowTheArrows()
{
    QFETCH(QString, folder);
    QFETCH(QString, forbidden);
    QFETCH(QString, except);
    const QList<SourceLine> crossing = linesMatching(folder, forbidden, except);
    QVERIFY2(crossing.isEmpty(), qPrintable(listed(crossing)));
    // The scan itself must see something, or it proves nothing.
    QVERIFY(!linesMatching(folder, QStringLiteral("^#\\s*include"), except).isEmpty());
}

/// Headers that speak torch inside models/ say so in their name: …_torch.h.
void TestLayering::publicHeadersOfModelsAreFreeOfTorch()
{
    QList<SourceLine> crossing = linesMatching(QStringLiteral("models"), kTorch, {}, {QStringLiteral("*.h")});
    crossing.removeIf([](const SourceLine &line) { return line.file.endsWith(QLatin1String("_torch.h")); });
    QVERIFY2(crossing.isEmpty(), qPrintable(listed(crossing)));
}

/// QCustomPlot's header uses Qt's keywords and would bring them to everybody.
void TestLayering::headersOfChartsAreFreeOfPlots()
{
    const QList<SourceLine> crossing = linesMatching(QStringLiteral("widgets/charts"), QStringLiteral("^#\\s*include\\s*[<\"]qcustomplot\\.h"),
                                                     {}, {QStringLiteral("*.h")});
    QVERIFY2(crossing.isEmpty(), qPrintable(listed(crossing)));
}

void TestLayering::tokensOfQtKeywordsAreNotUsed()
{
    const QString keywords = QStringLiteral("^((public|private|protected) slots|signals)\\s*:|^emit\\s");
    for (const QString &folder : {QStringLiteral("core"), QStringLiteral("widgets"), QStringLiteral("gui"), QStringLiteral("tests")}) {
        const QList<SourceLine> used = linesMatching(folder, keywords);
        QVERIFY2(used.isEmpty(), qPrintable(listed(used)));
    }
}

QTEST_APPLESS_MAIN(TestLayering)
#include "tst_layering.moc"
