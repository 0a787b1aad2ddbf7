// Applies random edits to a project until it is killed, and says which of them are on the disk.
//
//     journalvictim PROJECT SEED
//
// Writes lines: "ready", "did N" (edit N is carried out), "on disk N" (edit N and all before it are
// acknowledged), "saved G" (the project file has generation G).

#include "tests/document/editsession.h"
#include "tests/document/randomedits.h"

#include <QCoreApplication>
#include <QTimer>

#include <deque>
#include <string>

#include <unistd.h>

using namespace poselift;

namespace {

/// Not through a buffer that dies with us.
void say(const std::string &line)
{
    const std::string text = line + "\n";
    if (::write(STDOUT_FILENO, text.data(), text.size()) < 0)
        ::_exit(3);
}

class Victim
{
public:
    Victim(std::string path, std::uint32_t seed) : m_path(std::move(path)), m_seed(seed) {}

    bool open()
    {
        if (m_session.open(m_path) < 0 || m_session.document.isReadOnly())
            return false;
        QObject::connect(&m_session.journal, &ProjectJournal::acknowledged, &m_session.journal,
                         [this](quint64 ticket) { acknowledged(ticket); });
        QObject::connect(&m_session.saver, &DocumentSaver::saved, &m_session.saver, [this] {
            say("saved " + std::to_string(m_session.document.project().saveGeneration));
        });
        say("ready");
        return true;
    }

    void step()
    {
        constexpr std::size_t kMostUnacknowledged = 8;
        constexpr std::uint32_t kSaveEvery = 13;
        if (m_waiting.size() >= kMostUnacknowledged)
            return;
        ++m_done;
        randomEdit(m_session.document, m_session.editor, m_seed + m_done);
        say("did " + std::to_string(m_done));
        m_waiting.push_back({m_session.journal.lastTicket(), m_done});
        acknowledged(m_session.journal.acknowledgedTicket());
        if (m_done % kSaveEvery == 0)
            m_session.saver.save(QString::fromStdString(m_path));
    }

private:
    struct Waiting
    {
        quint64 ticket;
        std::uint32_t edit;
    };

    void acknowledged(quint64 ticket)
    {
        std::uint32_t last = 0;
        while (!m_waiting.empty() && m_waiting.front().ticket <= ticket) {
            last = m_waiting.front().edit;
            m_waiting.pop_front();
        }
        if (last > 0)
            say("on disk " + std::to_string(last));
    }

    std::string m_path;
    std::uint32_t m_seed;
    std::uint32_t m_done = 0;
    EditSession m_session;
    std::deque<Waiting> m_waiting;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc != 3)
        return 2;
    Victim victim(argv[1], static_cast<std::uint32_t>(std::stoul(argv[2])));
    if (!victim.open())
        return 1;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&victim] { victim.step(); });
    timer.start(0);
    return QCoreApplication::exec();
}
