#include "core/geometry/procrustes.h"

#include <Eigen/LU>
#include <Eigen/SVD>

namespace poselift {

namespace {

/// Rotation and optional scale between two centred point sets, then the translation.
SimilarityTransform align(const Eigen::Ref<const PointMatrix> &points, const Eigen::Ref<const PointMatrix> &target,
                          bool withScale)
{
    const Eigen::RowVector3d pointMean = points.colwise().mean();
    const Eigen::RowVector3d targetMean = target.colwise().mean();
    const PointMatrix centredPoints = points.rowwise() - pointMean;
    const PointMatrix centredTarget = target.rowwise() - targetMean;
    const double pointNorm2 = centredPoints.squaredNorm();

    SimilarityTransform result;
    if (pointNorm2 > 0) {
        const Eigen::Matrix3d covariance = centredTarget.transpose() * centredPoints;
        const Eigen::JacobiSVD<Eigen::Matrix3d> svd(covariance, Eigen::ComputeFullU | Eigen::ComputeFullV);
        Eigen::Vector3d signs(1, 1, 1);
        if ((svd.matrixU() * svd.matrixV().transpose()).determinant() < 0)
            signs[2] = -1; // singular values are sorted: the last is the cheapest to turn
        result.rotation = svd.matrixU() * signs.asDiagonal() * svd.matrixV().transpose();
        if (withScale)
            result.scale = svd.singularValues().dot(signs) / pointNorm2;
    }
    result.translation = targetMean.transpose() - result.scale * (result.rotation * pointMean.transpose());
    return result;
}

} // namespace

PointMatrix SimilarityTransform::applied(const Eigen::Ref<const PointMatrix> &points) const
{
    return (scale * points * rotation.transpose()).rowwise() + translation.transpose();
}

SimilarityTransform similarityAlignment(const Eigen::Ref<const PointMatrix> &points,
                                        const Eigen::Ref<const PointMatrix> &target)
{
    return align(points, target, /*withScale=*/true);
}

SimilarityTransform rigidAlignment(const Eigen::Ref<const PointMatrix> &points,
                                   const Eigen::Ref<const PointMatrix> &target)
{
    return align(points, target, /*withScale=*/false);
}

} // namespace poselift
