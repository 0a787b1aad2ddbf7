#include "widgets/scene3d/linesentity.h"

#include <Qt3DCore/QAttribute>
#include <Qt3DCore/QGeometry>
#include <Qt3DCore/QTransform>
#include <Qt3DRender/QEffect>
#include <Qt3DRender/QFilterKey>
#include <Qt3DRender/QGeometryRenderer>
#include <Qt3DRender/QGraphicsApiFilter>
#include <Qt3DRender/QMaterial>
#include <Qt3DRender/QRenderPass>
#include <Qt3DRender/QShaderProgram>
#include <Qt3DRender/QTechnique>

namespace poselift {

namespace {

constexpr uint kFloatsPerVertex = 6; ///< x y z r g b

// Qt3DExtras' per-vertex colour material is lit; lines have no normals.
constexpr const char *kVertexShader = R"(#version 150 core
in vec3 vertexPosition;
in vec3 vertexColor;
out vec3 colour;
uniform mat4 mvp;
void main()
{
    colour = vertexColor;
    gl_Position = mvp * vec4(vertexPosition, 1.0);
}
)";

constexpr const char *kFragmentShader = R"(#version 150 core
in vec3 colour;
out vec4 fragColor;
void main()
{
    fragColor = vec4(colour, 1.0);
}
)";

Qt3DRender::QMaterial *makeUnlitMaterial(Qt3DCore::QNode *parent)
{
    auto *program = new Qt3DRender::QShaderProgram;
    program->setVertexShaderCode(kVertexShader);
    program->setFragmentShaderCode(kFragmentShader);
    auto *pass = new Qt3DRender::QRenderPass;
    pass->setShaderProgram(program);
    // The key by which the forward frame graph chooses techniques.
    auto *key = new Qt3DRender::QFilterKey;
    key->setName(QStringLiteral("renderingStyle"));
    key->setValue(QStringLiteral("forward"));
    auto *technique = new Qt3DRender::QTechnique;
    technique->graphicsApiFilter()->setApi(Qt3DRender::QGraphicsApiFilter::OpenGL);
    technique->graphicsApiFilter()->setProfile(Qt3DRender::QGraphicsApiFilter::CoreProfile);
    technique->graphicsApiFilter()->setMajorVersion(3);
    technique->graphicsApiFilter()->setMinorVersion(2);
    technique->addFilterKey(key);
    technique->addRenderPass(pass);
    auto *effect = new Qt3DRender::QEffect;
    effect->addTechnique(technique);
    auto *material = new Qt3DRender::QMaterial(parent);
    material->setEffect(effect);
    return material;
}

Qt3DCore::QAttribute *makeAttribute(Qt3DCore::QGeometry *geometry, Qt3DCore::QBuffer *buffer,
                                    const QString &name, uint offsetFloats)
{
    auto *attribute = new Qt3DCore::QAttribute(geometry);
    attribute->setName(name);
    attribute->setAttributeType(Qt3DCore::QAttribute::VertexAttribute);
    attribute->setVertexBaseType(Qt3DCore::QAttribute::Float);
    attribute->setVertexSize(3);
    attribute->setBuffer(buffer);
    attribute->setByteStride(kFloatsPerVertex * sizeof(float));
    attribute->setByteOffset(offsetFloats * sizeof(float));
    geometry->addAttribute(attribute);
    return attribute;
}

} // namespace

LinesEntity::LinesEntity(Qt3DCore::QNode *parent) : Qt3DCore::QEntity(parent)
{
    auto *renderer = new Qt3DRender::QGeometryRenderer(this);
    auto *geometry = new Qt3DCore::QGeometry(renderer);
    m_buffer = new Qt3DCore::QBuffer(geometry);
    m_positions = makeAttribute(geometry, m_buffer, Qt3DCore::QAttribute::defaultPositionAttributeName(), 0);
    m_colours = makeAttribute(geometry, m_buffer, Qt3DCore::QAttribute::defaultColorAttributeName(), 3);
    geometry->setBoundingVolumePositionAttribute(m_positions);
    renderer->setGeometry(geometry);
    renderer->setPrimitiveType(Qt3DRender::QGeometryRenderer::Lines);
    m_transform = new Qt3DCore::QTransform(this);
    addComponent(renderer);
    addComponent(m_transform);
    addComponent(makeUnlitMaterial(this));
}

void LinesEntity::setLines(const std::vector<LineVertex> &lines)
{
    QByteArray data;
    data.reserve(static_cast<qsizetype>(lines.size() * kFloatsPerVertex * sizeof(float)));
    for (const LineVertex &vertex : lines) {
        const float values[kFloatsPerVertex] = {vertex.position.x(), vertex.position.y(),
                                                vertex.position.z(), vertex.colour.redF(),
                                                vertex.colour.greenF(), vertex.colour.blueF()};
        data.append(reinterpret_cast<const char *>(values), sizeof values);
    }
    m_vertexCount = static_cast<int>(lines.size());
    m_buffer->setData(data);
    m_positions->setCount(static_cast<uint>(m_vertexCount));
    m_colours->setCount(static_cast<uint>(m_vertexCount));
    setEnabled(m_vertexCount > 0);
}

} // namespace poselift
