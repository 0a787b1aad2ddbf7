#include "gui/peoplecontroller.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "core/pose/edit/effectivekeypoints.h"
#include "core/pose/edit/trackedits.h"
#include "gui/availability.h"
#include "gui/dialogs/persondialog.h"
#include "gui/menuaction.h"
#include "gui/personname.h"
#include "gui/playbackcontroller.h"
#include "widgets/timeline/rangetext.h"

#include <QAction>
#include <QInputDialog>
#include <QMainWindow>
#include <QMenu>
#include <QStatusBar>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace poselift {

namespace {

constexpr int kMessageMs = 8000;

/// Mean of the known keypoints; nothing when the person is not seen.
std::optional<std::pair<double, double>> centreOf(const Pose2D &pose)
{
    double x = 0.0;
    double y = 0.0;
    int known = 0;
    for (const Keypoint2D &keypoint : pose) {
        if (!keypoint.isKnown())
            continue;
        x += keypoint.x;
        y += keypoint.y;
        ++known;
    }
    if (known == 0)
        return std::nullopt;
    return std::pair{x / known, y / known};
}

/// Frames that one of the person's tracks covers.
FrameRange extentOfPerson(const Project &project, TrackId track)
{
    FrameRange all;
    const auto add = [&all](const std::vector<KeypointTrack> &tracks, TrackId id) {
        const TrackExtent extent = extentOf(tracks, id);
        if (extent.frameCount == 0)
            return;
        const std::int64_t last = extent.firstFrame + extent.frameCount - 1;
        all = all.count() == 0 ? FrameRange{extent.firstFrame, last}
                               : FrameRange{std::min(all.first, extent.firstFrame), std::max(all.last, last)};
    };
    add(project.tracks, track);
    if (const KeypointLayer *detected = project.keypointLayer("detected"))
        add(detected->tracks, track);
    return all;
}

bool isSeen(const EffectiveKeypoints &person, std::int64_t frame, int jointCount)
{
    for (int joint = 0; joint < jointCount; ++joint) {
        if (person.at(frame, joint).isKnown())
            return true;
    }
    return false;
}

std::int64_t framesWithBoth(const Project &project, TrackId a, TrackId b)
{
    const FrameRange one = extentOfPerson(project, a);
    const FrameRange other = extentOfPerson(project, b);
    const EffectiveKeypoints keypointsOfA(project, a);
    const EffectiveKeypoints keypointsOfB(project, b);
    const int joints = project.skeleton.jointCount();
    std::int64_t count = 0;
    for (std::int64_t frame = std::max(one.first, other.first); frame <= std::min(one.last, other.last); ++frame)
        count += isSeen(keypointsOfA, frame, joints) && isSeen(keypointsOfB, frame, joints) ? 1 : 0;
    return count;
}

} // namespace

PeopleController::PeopleController(PoseDocument *document, Selection *selection, PlaybackController *playback,
                                   QMenu *menu, QMainWindow *window)
    : QObject(window), m_document(document), m_selection(selection), m_playback(playback), m_window(window),
      m_editor(document)
{
    makeActions(menu);
    connect(selection, &Selection::trackChanged, this, &PeopleController::updateActions);
    connect(document, &PoseDocument::wasReset, this, &PeopleController::updateActions);
    connect(document, &PoseDocument::changed, this, [this](const PoseChange &change) {
        if (change.joints.empty()) // else it is of keypoints: nobody comes or goes
            updateActions();
    });
    updateActions();
}

QAction *PeopleController::add(QMenu *menu, const char *objectName, const QString &text, const QKeySequence &keys,
                               void (PeopleController::*slot)())
{
    QAction *action = addMenuAction(menu, parent(), objectName, text, keys);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void PeopleController::makeActions(QMenu *menu)
{
    QMenu *sub = menu->addMenu(tr("Peopl&e"));
    sub->setObjectName(QStringLiteral("peopleMenu"));
    sub->setAccessibleName(tr("People"));
    sub->setToolTipsVisible(true);
    m_swap = add(sub, "swapPeopleAction", tr("S&wap Identities from Here On"), Qt::CTRL | Qt::Key_T,
                 &PeopleController::swap);
    m_merge = add(sub, "mergePersonAction", tr("&Merge into…"), {}, &PeopleController::merge);
    m_split = add(sub, "splitPersonAction", tr("Spl&it Here"), {}, &PeopleController::split);
    sub->addSeparator();
    m_create = add(sub, "newPersonAction", tr("&New Person"), {}, &PeopleController::create);
    m_rename = add(sub, "renamePersonAction", tr("&Rename…"), Qt::Key_F2, &PeopleController::rename);
    m_remove = add(sub, "deletePersonAction", tr("&Delete the Person"), {}, &PeopleController::remove);
}

void PeopleController::updateActions()
{
    const std::size_t people = m_document->project().trackIds().size();
    const QString nobody = m_selection->track() != 0
                               ? QString()
                               : tr("Choose a person first: click one in the picture or its strip in the timeline");
    const QString noOther = people < 2 ? tr("There is no other person") : nobody;
    // Of two people everybody knows who is meant.
    setAvailable(m_swap, people == 2 ? QString() : noOther);
    setAvailable(m_merge, noOther);
    for (QAction *action : {m_split, m_rename, m_remove})
        setAvailable(action, nobody);
    setAvailable(m_create, m_document->hasMedia() ? QString() : tr("Open a video first"));
}

void PeopleController::tell(bool changed, const QString &nothing)
{
    m_window->statusBar()->showMessage(changed ? m_document->undoStack()->undoText() : nothing, kMessageMs);
}

qint64 PeopleController::frame() const
{
    const VideoFrame &shown = m_playback->shownFrame();
    return shown.isNull() ? m_selection->frame() : shown.index;
}

std::vector<TrackId> PeopleController::others() const
{
    std::vector<TrackId> ids = m_document->project().trackIds();
    std::erase(ids, m_selection->track());
    return ids;
}

/// The others, as far as they are from the chosen person in the picture; those who are not seen in
/// it come last.
std::vector<PersonChoice> PeopleController::nearestFirst() const
{
    const Project &project = m_document->project();
    const auto here = centreOf(project.effectivePose(m_selection->track(), frame()));
    std::vector<std::pair<double, PersonChoice>> ranked;
    for (const TrackId id : others()) {
        const auto there = centreOf(project.effectivePose(id, frame()));
        const double distance = here && there ? std::hypot(there->first - here->first, there->second - here->second)
                                              : std::numeric_limits<double>::infinity();
        const QString detail = there ? tr("in this frame") : tr("not seen in this frame");
        ranked.push_back({distance, {id, personName(project, id), detail}});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    std::vector<PersonChoice> choices;
    for (auto &[distance, choice] : ranked)
        choices.push_back(std::move(choice));
    return choices;
}

/// The others, those first who share the fewest frames with the chosen person.
std::vector<PersonChoice> PeopleController::mergeable() const
{
    const Project &project = m_document->project();
    std::vector<std::pair<std::int64_t, PersonChoice>> ranked;
    for (const TrackId id : others()) {
        const FrameRange frames = extentOfPerson(project, id);
        const std::int64_t shared = framesWithBoth(project, m_selection->track(), id);
        const QString extent = rangeText(frames, {});
        const QString detail = frames.count() == 0 ? tr("no keypoints yet")
                               : shared == 0       ? extent
                                             : tr("%1, both seen in %n", nullptr, static_cast<int>(shared)).arg(extent);
        ranked.push_back({shared, {id, personName(project, id), detail}});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    std::vector<PersonChoice> choices;
    for (auto &[shared, choice] : ranked)
        choices.push_back(std::move(choice));
    return choices;
}

void PeopleController::swap()
{
    const std::vector<TrackId> people = m_document->project().trackIds();
    if (people.size() == 2)
        return swapWith(people[0], people[1]);
    const TrackId chosen = m_selection->track();
    auto *dialog = new PersonDialog(
        tr("Swap Identities"),
        tr("From frame %1 on, %2 changes places with:").arg(frame()).arg(personName(m_document->project(), chosen)),
        tr("Swap"), nearestFirst(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, chosen] { swapWith(chosen, dialog->track()); });
    dialog->open();
}

void PeopleController::swapWith(TrackId a, TrackId b)
{
    tell(m_editor.swapPeople(a, b, frame()), tr("There is nobody to swap with"));
}

void PeopleController::merge()
{
    auto *dialog = new PersonDialog(tr("Merge People"),
                                    tr("%1 becomes part of the person chosen here. In frames where both are seen, that "
                                       "person's keypoints are kept.")
                                        .arg(personName(m_document->project(), m_selection->track())),
                                    tr("Merge"), mergeable(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { mergeInto(dialog->track()); });
    dialog->open();
}

void PeopleController::mergeInto(TrackId into)
{
    const bool merged = m_editor.mergePeople(into, m_selection->track());
    tell(merged, tr("There is nobody to merge with"));
    if (merged)
        m_selection->setTrack(into);
}

void PeopleController::split()
{
    const TrackId before = m_selection->track();
    const TrackId fresh = m_editor.splitPerson(before, frame());
    tell(fresh != 0, tr("%1 has no frames on both sides of this one").arg(personName(m_document->project(), before)));
    if (fresh != 0)
        m_selection->setTrack(fresh);
}

void PeopleController::create()
{
    const Result<Skeleton> usual = findSkeleton("coco17");
    const TrackId track = m_editor.newPerson(usual ? *usual : Skeleton{});
    tell(track != 0, tr("There is no skeleton for a new person"));
    if (track != 0)
        m_selection->setTrack(track);
}

void PeopleController::rename()
{
    const TrackId track = m_selection->track();
    auto *dialog = new QInputDialog(m_window);
    dialog->setObjectName(QStringLiteral("renameDialog"));
    dialog->setAccessibleName(tr("Rename"));
    dialog->setWindowTitle(tr("Rename"));
    dialog->setLabelText(tr("Name of person %1; empty: only the number").arg(track));
    dialog->setTextValue(QString::fromStdString(labelOf(m_document->project(), track)));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, track](const QString &name) {
        tell(m_editor.renamePerson(track, name), tr("That is the name already"));
    });
    dialog->open();
}

void PeopleController::remove()
{
    const TrackId track = m_selection->track();
    const bool removed = m_editor.deletePerson(track);
    tell(removed, tr("Nobody is chosen"));
    if (removed)
        m_selection->setTrack(0);
}

} // namespace poselift
