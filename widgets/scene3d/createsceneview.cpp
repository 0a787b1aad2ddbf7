#include "widgets/scene3d/openglcheck.h"
#include "widgets/scene3d/paintersceneview.h"
#include "widgets/scene3d/posesceneview.h"

namespace poselift {

SceneView *createSceneView(QWidget *parent)
{
    const QString problem = openGlProblem();
    if (problem.isEmpty())
        return new PoseSceneView(parent);
    return new PainterSceneView(problem, parent);
}

} // namespace poselift
