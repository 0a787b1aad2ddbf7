// What the application says must exist in every language: complete, current, and for every error.

#include "core/base/error.h"
#include "gui/errortext.h"
#include "gui/language.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTranslator>
#include <QXmlStreamReader>
#include <QtTest/QtTest>

#include <map>
#include <set>

using namespace poselift;

namespace {

struct Message
{
    QString context;
    QString source;
    QString comment;
    QStringList forms; ///< one, or one for each plural form
    bool plural = false;
    bool finished = true;

    QString key() const { return context + u'|' + source + u'|' + comment; }
};

Message readMessage(QXmlStreamReader &xml, const QString &context)
{
    Message message;
    message.context = context;
    message.plural = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1String("comment")) {
            message.comment = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            message.finished = xml.attributes().value(QLatin1String("type")).isEmpty();
            if (!message.plural) {
                message.forms << xml.readElementText();
                continue;
            }
            while (xml.readNextStartElement())
                message.forms << xml.readElementText();
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

QList<Message> readMessages(const QString &path)
{
    QList<Message> messages;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message"))
            messages << readMessage(xml, context);
    }
    return messages;
}

std::map<QString, Message> byKey(const QList<Message> &messages)
{
    std::map<QString, Message> map;
    for (const Message &message : messages)
        map[message.key()] = message;
    return map;
}

QStringList placeholdersOf(const QString &text)
{
    static const QRegularExpression expression(QStringLiteral("%n|%\\d|\\{[a-z]+\\}"));
    QStringList found;
    for (auto match = expression.globalMatch(text); match.hasNext();)
        found << match.next().captured();
    found.sort();
    found.removeDuplicates();
    return found;
}

QString tsFile(const QString &language)
{
    return QStringLiteral(SOURCE_FOLDER "/translations/poselift_%1.ts").arg(language);
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QList<Message> m_current; ///< what lupdate finds in the sources now

private Q_SLOTS:
    void initTestCase()
    {
        const QString ts = m_folder.filePath(QStringLiteral("current.ts"));
        QProcess lupdate;
        lupdate.setWorkingDirectory(QStringLiteral(SOURCE_FOLDER));
        lupdate.start(QStringLiteral(LUPDATE),
                      {QStringLiteral("-I"), QStringLiteral("."), QStringLiteral("core"), QStringLiteral("gui"), QStringLiteral("widgets"), QStringLiteral("-extensions"),
                       QStringLiteral("cpp,h"), QStringLiteral("-locations"), QStringLiteral("none"), QStringLiteral("-ts"), ts});
        QVERIFY(lupdate.waitForFinished(120000));
        QCOMPARE(lupdate.exitCode(), 0);
        m_current = readMessages(ts);
        QVERIFY(m_current.size() > 100);
    }

    void chineseIsCompleteAndCurrent()
    {
        const std::map<QString, Message> translated = byKey(readMessages(tsFile(QStringLiteral("zh_CN"))));
        QStringList problems;
        for (const Message &wanted : m_current) {
            const auto found = translated.find(wanted.key());
            if (found == translated.end()) {
                problems << QStringLiteral("missing: ") + wanted.key();
                continue;
            }
            const Message &message = found->second;
            if (!message.finished || message.forms.isEmpty() || message.forms.contains(QString()))
                problems << QStringLiteral("unfinished: ") + wanted.key();
            for (const QString &form : message.forms) {
                if (placeholdersOf(form) != placeholdersOf(message.source))
                    problems << QStringLiteral("placeholders differ: ") + wanted.key();
            }
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    void englishHasEveryPlural()
    {
        const std::map<QString, Message> english = byKey(readMessages(tsFile(QStringLiteral("en"))));
        QStringList problems;
        for (const Message &wanted : m_current) {
            if (!wanted.plural)
                continue;
            const auto found = english.find(wanted.key());
            const bool complete = found != english.end() && found->second.finished && found->second.forms.size() == 2
                                  && !found->second.forms.contains(QString());
            if (!complete)
                problems << wanted.key();
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    void everyErrorCodeIsTranslated()
    {
        std::set<QString> sentences;
        for (const Message &message : readMessages(tsFile(QStringLiteral("zh_CN")))) {
            if (message.context == QStringLiteral("Error") && message.finished)
                sentences.insert(message.source);
        }
        for (int code = 0; code < errorCodeCount(); ++code) {
            const QString sentence = QString::fromUtf8(errorTemplate(static_cast<ErrorCode>(code)));
            QVERIFY2(sentences.contains(sentence), qPrintable(sentence));
        }
    }

    void theBuiltTranslationIsUsed()
    {
        QCOMPARE(installTranslations(QStringLiteral("zh_CN")), QStringLiteral("zh_CN"));
        const Error error(ErrorCode::FileNotFound, {{"path", "/a.mp4"}});
        const QString text = errorText(error);
        QVERIFY2(text.contains(QStringLiteral("/a.mp4")), qPrintable(text));
        QVERIFY2(text != QString::fromStdString(error.sentence()), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
