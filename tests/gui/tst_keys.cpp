// Keys in the real window: presets, remapping in the dialog, and who gets a key first.

#include "core/document/poseeditor.h"
#include "core/io/projectfile.h"
#include "gui/dialogs/keysdialog.h"
#include "gui/keys/keymapcontroller.h"
#include "gui/keys/keymapfile.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "tests/core/edit/editproject.h"
#include "tests/support/burntclip.h"
#include "widgets/image/frameview.h"
#include "widgets/scene3d/sceneview.h"
#include "widgets/timeline/timelineview.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeWidget>
#include <QWindow>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kWaitMs = 60000;
constexpr int kFrames = 130;
const char *const kPresets[] = {"poselift", "sleap", "cvat"};

QString q(const char *text)
{
    return QString::fromLatin1(text);
}

QString text(const QKeySequence &key)
{
    return key.toString(QKeySequence::PortableText);
}

} // namespace

class TestKeys : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_clip;
    QString m_project;
    std::unique_ptr<MainWindow> m_window;

    QString settingsFile() const { return m_folder.filePath(q("settings.ini")); }
    KeymapController *keymap() const { return m_window->findChild<KeymapController *>(); }
    FrameView *view() const { return m_window->frameView(); }
    QAction *action(const char *name) const { return m_window->findChild<QAction *>(q(name)); }
    qint64 frame() const { return m_window->selection()->frame(); }
    KeysDialog *dialog() const { return m_window->findChild<KeysDialog *>(); }
    template <typename T>
    T *inDialog(const char *name) const
    {
        return dialog()->findChild<T *>(q(name));
    }

    /// As the keyboard sends it: to the window, which gives it to the widget with the focus.
    static void press(QWidget *window, const QKeySequence &key)
    {
        QTest::keyClick(window->windowHandle(), key[0].key(), key[0].keyboardModifiers());
    }
    void press(const char *key) const { press(m_window.get(), QKeySequence(q(key), QKeySequence::PortableText)); }
    void pressInDialog(const char *key) const { press(dialog(), QKeySequence(q(key), QKeySequence::PortableText)); }

    void openWindow()
    {
        m_window.reset();
        WindowOptions options;
        options.settingsFile = settingsFile();
        options.workerProgram = QStringLiteral(FAKE_WORKER);
        options.offerSample = false;
        m_window = std::make_unique<MainWindow>(options);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QSignalSpy indexed(m_window->playback(), &PlaybackController::indexed);
        m_window->openPath(m_project);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
        view()->setFocus();
    }

    void goTo(qint64 frame) const
    {
        m_window->playback()->goToFrame(frame);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->playback()->shownFrame().index, frame, kWaitMs);
    }

    void choosePreset(const char *name) const
    {
        KeymapChoice choice = keymap()->draft().choice();
        choice.preset = q(name);
        keymap()->choose(choice);
    }

    /// Says whether it is there, since all that follows needs it.
    bool openDialog(const char *key = "Ctrl+,") const
    {
        press(key);
        return dialog() != nullptr && QTest::qWaitForWindowActive(dialog());
    }

    /// With Tab alone, as somebody without a mouse.
    void tabTo(const char *name) const
    {
        for (int i = 0; i < 40 && QApplication::focusWidget() != inDialog<QWidget>(name); ++i)
            pressInDialog("Tab");
        QCOMPARE(QApplication::focusWidget(), inDialog<QWidget>(name));
    }

    void closeDialog(const char *button) const
    {
        tabTo(button);
        pressInDialog("Return");
        QTRY_VERIFY_WITH_TIMEOUT(dialog() == nullptr, kWaitMs);
        // A window manager gives the keys back to the window; the offscreen platform has none.
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    /// Searches, goes to the row, and waits for a key.
    void searchAndCatch(const char *what) const
    {
        inDialog<QLineEdit>("keysSearch")->setFocus();
        inDialog<QLineEdit>("keysSearch")->clear();
        QTest::keyClicks(inDialog<QLineEdit>("keysSearch"), q(what));
        pressInDialog("Return");
        QCOMPARE(QApplication::focusWidget(), inDialog<QTreeWidget>("keysList"));
        pressInDialog("Return");
        QCOMPARE(QApplication::focusWidget(), inDialog<QWidget>("keyCatcher"));
    }

    QString row(const char *what, int column) const
    {
        const auto rows = inDialog<QTreeWidget>("keysList")->findItems(q(what), Qt::MatchExactly | Qt::MatchRecursive);
        return rows.isEmpty() ? q("no such row") : rows.front()->text(column);
    }

    void newAction(const char *name) const
    {
        if (action(name) == nullptr) {
            auto *made = new QAction(q(name), m_window.get());
            made->setObjectName(q(name));
            m_window->addAction(made);
        }
        keymap()->apply();
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("POSELIFT_STATE", m_folder.filePath(q("state")).toUtf8());
        m_clip = m_folder.filePath(q("clip.mp4"));
        const QString problem = burntclip::ffmpeg({q("-f"), q("lavfi"), q("-i"), burntclip::filters(320, 240, kFrames),
                                                   q("-c:v"), q("libx264"), q("-pix_fmt"), q("yuv420p"), m_clip});
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    /// A project of its own for every test, with frames 20 and 90 corrected by hand.
    void init()
    {
        QFile::remove(settingsFile());
        static int count = 0;
        m_project = m_folder.filePath(QStringLiteral("%1.poselift").arg(++count));
        Project project = makeEditProject();
        project.media = {};
        project.media.path = m_clip.toStdString();
        KeypointTrack corrected;
        corrected.id = 1;
        corrected.jointCount = 5;
        for (const int at : {20, 90})
            corrected.setKeypoint(at, 2, {100, 100, 1.0F, KeypointState::Visible, KeypointOrigin::Corrected, false});
        project.tracks = {corrected};
        QVERIFY(writeProject(project, m_project.toStdString()).ok());
        openWindow();
    }

    void cleanup() { m_window.reset(); }

    void everyPresetFitsTheWindow_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : kPresets)
            QTest::newRow(name) << q(name);
    }

    void everyPresetFitsTheWindow()
    {
        QFETCH(QString, name);
        choosePreset(qPrintable(name));
        const KeymapDraft draft = keymap()->draft();
        QCOMPARE(draft.preset().name, name);
        QStringList problems;
        for (const QString &id : draft.preset().keys.ids()) {
            if (draft.command(id) == nullptr && !draft.preset().optional.contains(id))
                problems << id + q(": there is no such command");
            else if (draft.command(id) != nullptr && draft.keys(id) != draft.preset().keys.keys(id))
                problems << id + q(": shares a key with another command of the preset");
        }
        for (const KeyCommand &command : draft.commands()) {
            if (!draft.preset().keys.names(command.id) && draft.keys(command.id) != command.builtIn)
                problems << command.id + q(": the preset must name it, for its own key is another's");
        }
        QMap<QString, QString> owners;
        for (const QAction *each : m_window->findChildren<QAction *>()) {
            for (const QKeySequence &key : each->shortcuts()) {
                if (owners.contains(text(key)))
                    problems << q("%1: %2 and %3").arg(text(key), owners[text(key)], each->objectName());
                owners[text(key)] = each->objectName();
            }
        }
        for (const QShortcut *each : m_window->findChildren<QShortcut *>()) {
            if (owners.contains(text(each->key())))
                problems << text(each->key()) + q(": also a shortcut object");
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
        QVERIFY(owners.size() > 40);
    }

    void everyKeyDoesItsOneThing_data() { everyPresetFitsTheWindow_data(); }

    /// All keys of all actions, pressed for real, with the focus where no view takes any.
    void everyKeyDoesItsOneThing()
    {
        QFETCH(QString, name);
        choosePreset(qPrintable(name));
        newAction("nextInQueueAction");
        newAction("previousInQueueAction");
        newAction("swapPeopleAction");
        QStringList done;
        for (QAction *each : m_window->findChildren<QAction *>()) {
            // A list's own key works in that list only.
            if (each->shortcuts().isEmpty() || each->shortcutContext() == Qt::WidgetShortcut)
                continue;
            QObject::disconnect(each, &QAction::triggered, nullptr, nullptr);
            QObject::disconnect(each, &QAction::toggled, nullptr, nullptr);
            each->setEnabled(true);
            const QString id = each->objectName();
            connect(each, &QAction::triggered, this, [&done, id] { done << id; });
        }
        m_window->setFocus();
        QCOMPARE(QApplication::focusWidget(), m_window.get());
        int count = 0;
        const KeymapDraft draft = keymap()->draft();
        for (const KeyCommand &command : draft.commands()) {
            if (command.scope.isEmpty() && action(qPrintable(command.id))->shortcutContext() == Qt::WidgetShortcut)
                continue;
            for (const QKeySequence &key : command.scope.isEmpty() ? draft.keys(command.id) : KeyList()) {
                done.clear();
                press(m_window.get(), key);
                QVERIFY2(done == QStringList{command.id},
                         qPrintable(q("%1 did '%2' instead of '%3'").arg(text(key), done.join(u' '), command.id)));
                ++count;
            }
        }
        QVERIFY2(count > 50, qPrintable(QString::number(count)));
    }

    void framesAreSteppedAsInTheTable()
    {
        const std::pair<const char *, int> steps[] = {{"Right", 1},
                                                      {"D", 2},
                                                      {"Left", 1},
                                                      {"A", 0},
                                                      {"Shift+Right", 10},
                                                      {"Shift+D", 20},
                                                      {"Shift+A", 10},
                                                      {"Ctrl+Shift+Right", 110},
                                                      {"Ctrl+Shift+Left", 10},
                                                      {"End", kFrames - 1},
                                                      {"Home", 0}};
        for (const auto &[key, expected] : steps) {
            press(key);
            QVERIFY2(frame() == expected, qPrintable(q("%1 went to %2").arg(q(key)).arg(frame())));
        }
        m_window->sceneView()->setFocus();
        press("Right");
        QCOMPARE(frame(), 1);
        m_window->findChild<TimelineView *>(q("timelineView"))->setFocus();
        press("D");
        QCOMPARE(frame(), 2);
        press("PgDown");
        QCOMPARE(frame(), 12);
    }

    void altArrowsGoToTheCorrectedFrames()
    {
        press("Alt+Right");
        QCOMPARE(frame(), 20);
        press("Alt+Right");
        QCOMPARE(frame(), 90);
        press("Alt+Right");
        QCOMPARE(frame(), 90);
        QVERIFY(m_window->statusBar()->currentMessage().contains(q("corrected")));
        press("Alt+Left");
        QCOMPARE(frame(), 20);
        goTo(20);
        m_window->selection()->setTrack(1);
        m_window->selection()->setJoint(2);
        press("Alt+Right"); // nudges now
        QCOMPARE(frame(), 20);
        QVERIFY(std::abs(m_window->document()->project().effectivePose(1, 20)[2].x - 100.1) < 1e-4);
        press(".");
        QCOMPARE(frame(), 90);
    }

    void cvatKeysStepAndCycle()
    {
        choosePreset("cvat");
        press("F");
        QCOMPARE(frame(), 1);
        press("V");
        QCOMPARE(frame(), 11);
        press("C");
        press("D");
        QCOMPARE(frame(), 0);
        press("R");
        QCOMPARE(frame(), 20);
        goTo(20);
        m_window->selection()->setTrack(1);
        m_window->selection()->setJoint(2);
        press("Q");
        QCOMPARE(m_window->document()->project().effectivePose(1, 20)[2].state, KeypointState::Occluded);
        press("Right"); // with a joint chosen
        QCOMPARE(m_window->document()->project().effectivePose(1, 20)[2].x, 101.0);
    }

    void sleapSpaceIsTheNextOfTheQueue()
    {
        choosePreset("sleap");
        newAction("nextInQueueAction");
        // The key alone is meant.
        QObject::disconnect(action("nextInQueueAction"), &QAction::triggered, nullptr, nullptr);
        QSignalSpy next(action("nextInQueueAction"), &QAction::triggered);
        view()->setFocus();
        press("Space"); // tapped in the picture, where held down it is the pan tool
        QCOMPARE(next.count(), 1);
        QVERIFY(!m_window->playback()->isPlaying());
        press("Ctrl+Right");
        QCOMPARE(frame(), 10);
        press("Ctrl+Alt+Right");
        QCOMPARE(frame(), 110);
        press("Ctrl+Space");
        QVERIFY(m_window->playback()->isPlaying());
    }

    void spacePlaysFromThePicture()
    {
        press("Space");
        QVERIFY(m_window->playback()->isPlaying());
        press("Space");
        QVERIFY(!m_window->playback()->isPlaying());
    }

    void spacePressesTheButtonThatTabReached()
    {
        auto *field = m_window->findChild<QSpinBox *>(q("frameField"));
        field->setFocus(Qt::TabFocusReason);
        for (int i = 0; i < 40 && qobject_cast<QToolButton *>(QApplication::focusWidget()) == nullptr; ++i)
            press("Tab");
        auto *button = qobject_cast<QToolButton *>(QApplication::focusWidget());
        QVERIFY(button != nullptr);
        QObject::disconnect(button, nullptr, nullptr, nullptr);
        QSignalSpy clicked(button, &QToolButton::clicked);
        press("Space");
        QCOMPARE(clicked.count(), 1);
        QVERIFY(!m_window->playback()->isPlaying());
    }

    void spacePlaysAfterAButtonWasClicked()
    {
        auto *button = new QPushButton(q("Run"), m_window->statusBar());
        m_window->statusBar()->addWidget(button);
        QSignalSpy clicked(button, &QPushButton::clicked);
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(button->hasFocus());
        press("Space");
        QCOMPARE(clicked.count(), 1);
        QVERIFY(m_window->playback()->isPlaying());
    }

    void f6LeavesThePictureEvenWhereTabDoesNot()
    {
        m_window->selection()->setTrack(1);
        press("Tab");
        QVERIFY(view()->hasFocus());
        QSet<QWidget *> seen;
        for (int i = 0; i < 20 && !seen.contains(view()); ++i) {
            press("F6");
            seen << QApplication::focusWidget();
        }
        QVERIFY(view()->hasFocus());
        QVERIFY(seen.contains(m_window->sceneView()));
        QVERIFY(seen.contains(m_window->findChild<TimelineView *>(q("timelineView"))));
        QVERIFY(seen.size() >= 5);
        press("Shift+F6");
        QVERIFY(!view()->hasFocus());
        press("F6");
        QVERIFY(view()->hasFocus());
    }

    void remappingWithTheKeyboardAlone()
    {
        QVERIFY(openDialog());
        searchAndCatch("Next Frame");
        pressInDialog("Ctrl+F9");
        QCOMPARE(QApplication::focusWidget(), inDialog<QTreeWidget>("keysList"));
        QCOMPARE(row("Next Frame", 1), q("Right, D, Ctrl+F9"));
        QCOMPARE(row("Next Frame", 2), q("changed"));
        searchAndCatch("Next joint");
        pressInDialog("Tab"); // it has it already
        searchAndCatch("Next joint");
        pressInDialog("Ctrl+Tab");
        QCOMPARE(row("Next joint of the chosen person", 1), q("Tab, Ctrl+Tab"));
        closeDialog("keysOk");
        view()->setFocus();
        press("Ctrl+F9");
        QCOMPARE(frame(), 1);
        m_window->selection()->setTrack(1);
        m_window->selection()->setJoint(0);
        press("Ctrl+Tab");
        QCOMPARE(m_window->selection()->joint(), 1);
    }

    void escapeAndCancelChangeNothing()
    {
        QVERIFY(openDialog());
        searchAndCatch("Next Frame");
        pressInDialog("Esc");
        QCOMPARE(QApplication::focusWidget(), inDialog<QTreeWidget>("keysList"));
        QVERIFY(dialog()->isVisible());
        searchAndCatch("Next Frame");
        pressInDialog("Ctrl+F9");
        closeDialog("keysCancel");
        press("Ctrl+F9");
        QCOMPARE(frame(), 0);
        QVERIFY(keymap()->draft().changes().isEmpty());
    }

    void aKeyOfAnotherCommandIsAskedAbout()
    {
        QVERIFY(openDialog());
        searchAndCatch("Next Frame");
        pressInDialog("H");
        auto *note = inDialog<QLabel>("keyNote");
        QVERIFY2(note->text().contains(q("H already does")) && note->text().contains(q("Hide the Overlay")),
                 qPrintable(note->text()));
        QCOMPARE(row("Next Frame", 1), q("Right, D"));
        QVERIFY(inDialog<QPushButton>("leaveKey")->isVisible());
        pressInDialog("Esc");
        QVERIFY(inDialog<QPushButton>("leaveKey")->isHidden());
        QCOMPARE(row("Hide the Overlay", 1), q("H"));
        searchAndCatch("Next Frame");
        pressInDialog("H");
        QCOMPARE(QApplication::focusWidget(), inDialog<QPushButton>("takeKey"));
        pressInDialog("Return");
        QCOMPARE(row("Next Frame", 1), q("Right, D, H"));
        QCOMPARE(row("Hide the Overlay", 1), QString());
        closeDialog("keysOk");
        press("H");
        QCOMPARE(frame(), 1);
        QVERIFY(!action("hideOverlayAction")->isChecked());
    }

    void keysAreTakenAwayAndComeBack()
    {
        QVERIFY(openDialog());
        searchAndCatch("Next Frame");
        pressInDialog("Esc");
        tabTo("removeKey0");
        pressInDialog("Space");
        QCOMPARE(row("Next Frame", 1), q("D"));
        tabTo("resetKeys");
        pressInDialog("Space");
        QCOMPARE(row("Next Frame", 1), q("Right, D"));
        searchAndCatch("Next Frame");
        pressInDialog("H");
        pressInDialog("Return");
        tabTo("resetAllKeys");
        pressInDialog("Space");
        QCOMPARE(row("Next Frame", 1), q("Right, D"));
        QCOMPARE(row("Hide the Overlay", 1), q("H"));
        closeDialog("keysCancel");
    }

    void theSearchFindsKeysToo()
    {
        QVERIFY(openDialog());
        QTest::keyClicks(inDialog<QLineEdit>("keysSearch"), q("ctrl+shift+z"));
        QStringList shown;
        for (QTreeWidgetItemIterator at(inDialog<QTreeWidget>("keysList"), QTreeWidgetItemIterator::NotHidden); *at;
             ++at)
            shown << (*at)->text(0);
        QCOMPARE(shown.size(), 2); // the menu and the command
        QVERIFY(shown.contains(q("Redo")));
        pressInDialog("Esc");
    }

    void theChoiceOutlivesTheWindow()
    {
        QVERIFY(openDialog());
        auto *preset = inDialog<QComboBox>("keysPreset");
        preset->setFocus();
        while (preset->currentData() != q("cvat"))
            pressInDialog("Down");
        QCOMPARE(row("Next Frame", 1), q("F"));
        searchAndCatch("Next Frame");
        pressInDialog("Ctrl+F9");
        searchAndCatch("Fit everyone");
        pressInDialog("J");
        closeDialog("keysOk");
        openWindow();
        press("Ctrl+F9");
        QCOMPARE(frame(), 1);
        press("F");
        QCOMPARE(frame(), 2);
        const KeymapDraft draft = keymap()->draft();
        QCOMPARE(draft.preset().name, q("cvat"));
        QCOMPARE(draft.keys(q("sceneView.fit")), KeyList{Qt::Key_J});
        QCOMPARE(draft.changes().ids(), (QStringList{q("nextFrameAction"), q("sceneView.fit")}));
    }

    void keysGoThroughAFile()
    {
        const QString path = m_folder.filePath(q("mine.json"));
        QVERIFY(openDialog());
        searchAndCatch("Next Frame");
        pressInDialog("Ctrl+F9");
        dialog()->exportTo(path);
        QVERIFY(inDialog<QLabel>("keysMessage")->text().contains(path));
        closeDialog("keysCancel");
        QVERIFY(openDialog());
        QCOMPARE(row("Next Frame", 1), q("Right, D"));
        dialog()->importFrom(path);
        QCOMPARE(row("Next Frame", 1), q("Right, D, Ctrl+F9"));
        dialog()->importFrom(m_clip);
        auto *message = inDialog<QLabel>("keysMessage");
        QVERIFY(message->isVisible());
        QVERIFY2(message->text().contains(q("clip.mp4")), qPrintable(message->text()));
        QCOMPARE(row("Next Frame", 1), q("Right, D, Ctrl+F9"));
        QVERIFY(writeKeymapFile({q("Other"), q("vim"), {}, {}}, path).ok());
        dialog()->importFrom(path);
        QVERIFY2(message->text().contains(q("cvat, ")) || message->text().contains(q(", cvat")),
                 qPrintable(message->text()));
        closeDialog("keysOk");
        press("Ctrl+F9");
        QCOMPARE(frame(), 1);
    }

    void theListNamesCommandsWhateverTheirTextIsNow()
    {
        PoseEditor(m_window->document()).newPerson(*findSkeleton("coco17"));
        QVERIFY(action("undoAction")->text() != q("&Undo"));
        QVERIFY(openDialog("F1"));
        QCOMPARE(row("Undo", 1), q("Ctrl+Z"));
        QVERIFY(row("Over the Range: ", 0) == row("no command at all", 0)); // the line that says what is chosen
    }

    void f1ShowsTheSameListToLookAt()
    {
        QVERIFY(openDialog("F1"));
        QVERIFY(inDialog<QWidget>("keyEditor")->isHidden());
        QCOMPARE(row("Next Frame", 1), q("Right, D"));
        QCOMPARE(row("Picture: move the chosen joints", 1), q("Left-drag one of them"));
        QVERIFY(!row("Next or previous field or button", 2).isEmpty()); // why it is fixed
        searchRowAndReturn();
        QVERIFY(!inDialog<QWidget>("keyCatcher")->hasFocus());
        tabTo("changeKeys");
        pressInDialog("Space");
        QVERIFY(inDialog<QWidget>("keyEditor")->isVisible());
        searchAndCatch("Next Frame");
        pressInDialog("Ctrl+F9");
        closeDialog("keysOk");
        press("Ctrl+F9");
        QCOMPARE(frame(), 1);
        QVERIFY(openDialog("?"));
        closeDialog("keysClose");
    }

private:
    void searchRowAndReturn() const
    {
        QTest::keyClicks(inDialog<QLineEdit>("keysSearch"), q("Next Frame"));
        pressInDialog("Return");
        pressInDialog("Return");
    }
};

QTEST_MAIN(TestKeys)
#include "tst_keys.moc"
