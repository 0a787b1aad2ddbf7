#include "core/document/commands.h"

#include <algorithm>
#include <utility>

namespace poselift {

DocumentCommand::DocumentCommand(PoseDocument *document, const QString &text)
    : QUndoCommand(text), m_document(document)
{
}

void DocumentCommand::announce(const PoseChange &change)
{
    Q_EMIT m_document->changed(change);
}

AcceptLayersCommand::AcceptLayersCommand(PoseDocument *document, const QString &text,
                                         std::vector<KeypointLayer> keypointLayers,
                                         std::vector<JointLayer> jointLayers, const Skeleton &skeleton)
    : DocumentCommand(document, text), m_skeleton(skeleton)
{
    for (KeypointLayer &layer : keypointLayers)
        m_keypointLayers.push_back({layer.name, std::move(layer)});
    for (JointLayer &layer : jointLayers)
        m_jointLayers.push_back({layer.name, std::move(layer)});
}

template <typename Layer>
void AcceptLayersCommand::swapLayer(std::vector<Layer> &layers, Slot<Layer> &slot)
{
    const auto found = std::find_if(layers.begin(), layers.end(), [&slot](const Layer &layer) {
        return layer.name == slot.name;
    });
    if (found == layers.end()) {
        if (slot.layer)
            layers.push_back(*std::exchange(slot.layer, std::nullopt));
    } else if (slot.layer) {
        std::swap(*found, *slot.layer);
    } else {
        slot.layer = std::move(*found);
        layers.erase(found);
    }
}

void AcceptLayersCommand::swap()
{
    for (auto &slot : m_keypointLayers)
        swapLayer(project().keypointLayers, slot);
    for (auto &slot : m_jointLayers)
        swapLayer(project().jointLayers, slot);
    std::swap(project().skeleton, m_skeleton);
    PoseChange change;
    change.layersChanged = true;
    announce(change);
}

SetCameraCommand::SetCameraCommand(PoseDocument *document, const QString &text,
                                   const CameraIntrinsics &camera)
    : DocumentCommand(document, text), m_camera(camera)
{
}

void SetCameraCommand::swap()
{
    std::swap(project().camera, m_camera);
    PoseChange change;
    change.cameraChanged = true;
    announce(change);
}

} // namespace poselift
