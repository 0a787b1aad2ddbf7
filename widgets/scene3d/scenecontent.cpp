#include "widgets/scene3d/scenecontent.h"

#include "widgets/scene3d/sceneframe.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace poselift {

const ScenePerson *SceneContent::person(TrackId track, PoseLayer which) const
{
    if (track == 0)
        return nullptr;
    const auto &people = layer(which).people;
    const auto found = std::find_if(people.begin(), people.end(),
                                    [track](const ScenePerson &p) { return p.track == track; });
    return found != people.end() ? &*found : nullptr;
}

std::optional<QVector3D> SceneContent::jointPlace(int joint) const
{
    const ScenePerson *chosen = person(selectedTrack);
    const auto index = static_cast<std::size_t>(joint);
    if (chosen == nullptr || joint < 0 || index >= chosen->pose.size() || !chosen->pose[index].valid)
        return std::nullopt;
    return sceneFromCamera(chosen->pose[index]);
}

std::vector<QVector3D> SceneContent::points() const
{
    std::vector<QVector3D> all;
    for (const Layer &each : layers) {
        for (const ScenePerson &person : each.people) {
            for (const Joint3D &joint : person.pose) {
                if (joint.valid)
                    all.push_back(sceneFromCamera(joint));
            }
        }
    }
    return all;
}

QVector3D SceneContent::gridCentre() const
{
    QVector3D centre(0, 0, -4); // where a person usually stands
    const std::vector<QVector3D> all = points();
    if (!all.empty())
        centre = std::accumulate(all.begin(), all.end(), QVector3D()) / static_cast<float>(all.size());
    return {std::round(centre.x()), static_cast<float>(-groundHeight), std::round(centre.z())};
}

} // namespace poselift
