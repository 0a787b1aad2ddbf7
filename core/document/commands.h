#pragma once

#include "core/document/posedocument.h"
#include "core/pose/edit/correctionpatch.h"
#include "core/pose/edit/reassignment.h"
#include "core/pose/edit/trackedits.h"

#include <QByteArray>
#include <QUndoCommand>

#include <optional>

namespace poselift {

/// A command as it is kept in a journal: what it is, what it says, and both sides of its swap.
struct CommandRecord
{
    QByteArray kind;
    QString text;
    QByteArray before; ///< value that a done command holds: redo has put the other one in
    QByteArray after;  ///< value that an undone command holds
    friend bool operator==(const CommandRecord &, const CommandRecord &) = default;
};

/// Base of everything that changes a PoseDocument. Commands are swaps: undo and redo exchange the
/// command's value with the document's and announce the change.
class DocumentCommand : public QUndoCommand
{
public:
    DocumentCommand(PoseDocument *document, const QString &text);
    void undo() final;
    void redo() final;

    /// Tells commands apart, also when one has taken the address of another that is gone.
    quint64 serial() const { return m_serial; }
    /// Grows when another command was merged into this one.
    int revision() const { return m_revision; }
    /// Later commands are not merged into this one any more: what it has done so far is being
    /// saved.
    void seal() { m_sealed = true; }
    /// The first redo(), which QUndoStack::push() calls, does nothing: the document has this
    /// already.
    void markAsDone() { m_done = true; }
    /// The command will be done on another project than it was made on: what it knows of the frames
    /// that tracks covered there is forgotten, so that they only grow here.
    virtual void forgetExtents() {}
    /// Exchanges without announcing, for the restoring of documents.
    void exchangeQuietly() { exchangeNow(); }

    /// What a journal keeps. Only for the command that was done last: its swap may be done twice
    /// for it.
    CommandRecord record();
    /// Name in journals; never changes.
    virtual QByteArray kind() const = 0;
    /// The value that the command holds now, as bytes.
    virtual QByteArray value() const = 0;
    /// What undoing or redoing it changes.
    virtual PoseChange change() const = 0;

protected:
    virtual void exchange() = 0;
    /// The tracks whose arrays exchange() changes; nothing: it may change any.
    virtual std::optional<std::vector<TrackInLayer>> changedTracks() const;
    /// The value that the command would hold after exchange(), as bytes.
    virtual QByteArray otherValue();
    /// exchange(), with what is being saved kept as it was.
    void exchangeNow();
    void announce(bool revisited = false);
    Project &project() { return m_document->m_project; }
    const Project &project() const { return m_document->m_project; }
    bool isSealed() const { return m_sealed; }
    void raiseRevision() { ++m_revision; }

private:
    PoseDocument *m_document;
    quint64 m_serial;
    int m_revision = 0;
    bool m_wasUndone = false;
    bool m_sealed = false;
    bool m_done = false;
};

/// Replaces or adds prediction layers by name, and sets the annotation skeleton. Layers that are
/// not named stay untouched.
class AcceptLayersCommand : public DocumentCommand
{
public:
    template <typename Layer>
    struct Slot
    {
        std::string name;
        std::optional<Layer> layer; ///< what the document does not hold at the moment
    };
    struct Value
    {
        std::vector<Slot<KeypointLayer>> keypointLayers;
        std::vector<Slot<JointLayer>> jointLayers;
        Skeleton skeleton; ///< of the annotations
    };
    static constexpr const char *kKind = "layers";

    AcceptLayersCommand(PoseDocument *document, const QString &text,
                        std::vector<KeypointLayer> keypointLayers,
                        std::vector<JointLayer> jointLayers, const Skeleton &skeleton);
    AcceptLayersCommand(PoseDocument *document, const QString &text, Value value);
    QByteArray kind() const override { return kKind; }
    QByteArray value() const override;

    PoseChange change() const override;

protected:
    void exchange() override;

private:
    template <typename Layer>
    static void exchangeLayer(std::vector<Layer> &layers, Slot<Layer> &slot);

    Value m_value;
};

class SetCameraCommand : public DocumentCommand
{
public:
    static constexpr const char *kKind = "camera";

    SetCameraCommand(PoseDocument *document, const QString &text, const CameraIntrinsics &camera);
    QByteArray kind() const override { return kKind; }
    QByteArray value() const override;

    PoseChange change() const override;

protected:
    void exchange() override;
    std::optional<std::vector<TrackInLayer>> changedTracks() const override;

private:
    CameraIntrinsics m_camera;
};

/// Replaces keypoints of the annotation, and 3D corrections that go with them: every edit of 2D
/// keypoints is one of these. Commands of one drag merge; a drag that ends where it began leaves
/// nothing.
class EditKeypointsCommand : public DocumentCommand
{
public:
    static constexpr const char *kKind = "pose";
    /// In journals of versions that knew no 3D corrections: the value is a KeypointPatch.
    static constexpr const char *kKindWithout3d = "keypoints";

    /// @param drag  0, or a number that the commands of one drag share
    EditKeypointsCommand(PoseDocument *document, const QString &text, PosePatch patch,
                         int drag = 0);
    QByteArray kind() const override { return kKind; }
    QByteArray value() const override;
    void forgetExtents() override;
    int id() const override;
    bool mergeWith(const QUndoCommand *other) override;

    PoseChange change() const override;

protected:
    void exchange() override;
    std::optional<std::vector<TrackInLayer>> changedTracks() const override;
    QByteArray otherValue() override;
    const PosePatch &patch() const { return m_patch; }
    /// Whether @p later, of the same drag, is of the same thing.
    virtual bool canTakeIn(const EditKeypointsCommand &later) const;
    virtual bool endsWhereItBegan() const;

private:
    PosePatch m_patch;
    int m_drag;
    std::vector<Keypoint2D>
        m_begin; ///< what the user saw where the drag began, in the patch's order
};

/// A move of joints in 3D: corrections and their projections. The steps of one drag may be of
/// different joints (a limb that is bent, one joint whose bones were released).
class CorrectPoseCommand : public EditKeypointsCommand
{
public:
    using EditKeypointsCommand::EditKeypointsCommand;
    int id() const override;

protected:
    bool canTakeIn(const EditKeypointsCommand &) const override { return true; }
    bool endsWhereItBegan() const override;
};

/// Adds, removes or replaces whole people in all layers.
class EditTracksCommand : public DocumentCommand
{
public:
    static constexpr const char *kKind = "tracks";

    EditTracksCommand(PoseDocument *document, const QString &text, TracksPatch patch);
    QByteArray kind() const override { return kKind; }
    QByteArray value() const override;

    PoseChange change() const override;

protected:
    void exchange() override;
    std::optional<std::vector<TrackInLayer>> changedTracks() const override;

private:
    /// The frames of the people that come or go; empty when none does.
    FrameRange frames() const;

    TracksPatch m_patch;
};

/// Two people change identities from a frame on.
class SwapIdentitiesCommand : public DocumentCommand
{
public:
    static constexpr const char *kKind = "identities";

    SwapIdentitiesCommand(PoseDocument *document, const QString &text, IdentitySwap swap);
    QByteArray kind() const override { return kKind; }
    QByteArray value() const override;
    void forgetExtents() override { m_swap.extents.clear(); }

    PoseChange change() const override;

protected:
    void exchange() override;
    QByteArray otherValue() override;

private:
    IdentitySwap m_swap;
    std::optional<IdentitySwap> m_other; ///< what it was before the last exchange
};

/// A person is split, or two are merged who are not there at the same time.
class ReassignCommand : public DocumentCommand
{
public:
    static constexpr const char *kKind = "reassignment";

    ReassignCommand(PoseDocument *document, const QString &text, Reassignment reassignment);
    QByteArray kind() const override { return kKind; }
    QByteArray value() const override;
    void forgetExtents() override;

protected:
    void exchange() override;
    PoseChange change() const override;
    QByteArray otherValue() override;

private:
    Reassignment m_reassignment;
    std::optional<Reassignment> m_other; ///< what it was before the last exchange
};

/// Gives a person a name or takes it away.
class RenamePersonCommand : public DocumentCommand
{
public:
    static constexpr const char *kKind = "label";

    RenamePersonCommand(PoseDocument *document, const QString &text, PersonLabel label);
    QByteArray kind() const override { return kKind; }
    QByteArray value() const override;

protected:
    void exchange() override;
    PoseChange change() const override;

private:
    PersonLabel m_label;
};

/// The command of a journal's record, holding @p value (its "before" or its "after"); null when
/// this version cannot read it.
std::unique_ptr<DocumentCommand> makeCommand(PoseDocument *document, const QByteArray &kind,
                                             const QString &text, const QByteArray &value);

/// Every kind of command that is written to journals.
std::vector<QByteArray> commandKinds();

} // namespace poselift
