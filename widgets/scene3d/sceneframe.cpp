#include "widgets/scene3d/sceneframe.h"

namespace poselift {

std::optional<QVector3D> sceneCentre(const Pose3D &pose)
{
    QVector3D sum;
    int count = 0;
    for (const Joint3D &joint : pose) {
        if (!joint.valid)
            continue;
        sum += sceneFromCamera(joint);
        ++count;
    }
    if (count == 0)
        return std::nullopt;
    return sum / static_cast<float>(count);
}

} // namespace poselift
