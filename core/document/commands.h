#pragma once

#include "core/document/posedocument.h"

#include <QUndoCommand>

#include <optional>

namespace poselift {

/// Base of everything that changes a PoseDocument. Commands are swaps: undo and redo exchange the
/// command's value with the document's and announce the change.
class DocumentCommand : public QUndoCommand
{
public:
    DocumentCommand(PoseDocument *document, const QString &text);
    void undo() final { swap(); }
    void redo() final { swap(); }

protected:
    virtual void swap() = 0;
    Project &project() { return m_document->m_project; }
    void announce(const PoseChange &change);

private:
    PoseDocument *m_document;
};

/// Replaces or adds prediction layers by name, and sets the annotation skeleton. Layers that are not
/// named stay untouched.
class AcceptLayersCommand : public DocumentCommand
{
public:
    AcceptLayersCommand(PoseDocument *document, const QString &text,
                        std::vector<KeypointLayer> keypointLayers,
                        std::vector<JointLayer> jointLayers, const Skeleton &skeleton);

protected:
    void swap() override;

private:
    template <typename Layer>
    struct Slot
    {
        std::string name;
        std::optional<Layer> layer; ///< what the document does not hold at the moment
    };
    template <typename Layer>
    static void swapLayer(std::vector<Layer> &layers, Slot<Layer> &slot);

    std::vector<Slot<KeypointLayer>> m_keypointLayers;
    std::vector<Slot<JointLayer>> m_jointLayers;
    Skeleton m_skeleton; ///< of the annotations
};

class SetCameraCommand : public DocumentCommand
{
public:
    SetCameraCommand(PoseDocument *document, const QString &text, const CameraIntrinsics &camera);

protected:
    void swap() override;

private:
    CameraIntrinsics m_camera;
};

} // namespace poselift
