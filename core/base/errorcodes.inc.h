// Every error of the engine: POSELIFT_ERROR(code, English sentence). Included several times; no
// include guard on purpose. A sentence names the thing, what was expected and what was found.
// lupdate finds the sentences by QT_TRANSLATE_NOOP, with context "Error".
#ifndef QT_TRANSLATE_NOOP
#define QT_TRANSLATE_NOOP(context, text) text
#define POSELIFT_OWN_TRANSLATE_NOOP
#endif
POSELIFT_ERROR(Cancelled, QT_TRANSLATE_NOOP("Error", "The job was cancelled."))
POSELIFT_ERROR(Internal, QT_TRANSLATE_NOOP("Error", "Internal error: {detail}."))
// Files
POSELIFT_ERROR(FileNotFound, QT_TRANSLATE_NOOP("Error", "{path}: this file does not exist."))
POSELIFT_ERROR(IsDirectory, QT_TRANSLATE_NOOP("Error", "{path}: expected {expected}, found a folder."))
POSELIFT_ERROR(CannotRead, QT_TRANSLATE_NOOP("Error", "{path}: cannot be read: {detail}."))
POSELIFT_ERROR(CannotWrite, QT_TRANSLATE_NOOP("Error", "{path}: cannot be written: {detail}. The file that was there before is unchanged."))
POSELIFT_ERROR(SaveNotConfirmed, QT_TRANSLATE_NOOP("Error", "{path}: was written, but the disk did not confirm it: {detail}. Save again, or save to another disk."))
POSELIFT_ERROR(WrongFormat, QT_TRANSLATE_NOOP("Error", "{path}: expected {expected}, found {found}."))
POSELIFT_ERROR(FileTruncated, QT_TRANSLATE_NOOP("Error", "{path}: the file is cut short or damaged: {detail}."))
POSELIFT_ERROR(NewerVersion, QT_TRANSLATE_NOOP("Error", "{path}: was written by a newer version (format {found}); this program reads up to format {expected}. The file was not changed."))
POSELIFT_ERROR(MissingDataset, QT_TRANSLATE_NOOP("Error", "{path}: dataset or attribute '{name}' is missing."))
POSELIFT_ERROR(WrongShape, QT_TRANSLATE_NOOP("Error", "{path}: dataset '{name}' has shape {found}, expected {expected}."))
POSELIFT_ERROR(NotFinite, QT_TRANSLATE_NOOP("Error", "{path}: '{name}' holds a value that is not a finite number."))
POSELIFT_ERROR(ProjectInUse, QT_TRANSLATE_NOOP("Error", "{path}: is open in another window (process {found}); close it there or choose another name. The file was not changed."))
POSELIFT_ERROR(OtherMedia, QT_TRANSLATE_NOOP("Error", "{path}: expected a project of the video {expected}, found one of {found}. The file was not changed; choose another name."))
POSELIFT_ERROR(ProjectLocked, QT_TRANSLATE_NOOP("Error", "{path}: is open in another window (process {found}); it was opened read-only."))
// The journal of edits
POSELIFT_ERROR(JournalInUse, QT_TRANSLATE_NOOP("Error", "{path}: this journal of edits is in use by another window."))
POSELIFT_ERROR(JournalDamaged, QT_TRANSLATE_NOOP("Error", "{path}: the journal of edits cannot be read: {detail}."))
POSELIFT_ERROR(JournalNotWritten, QT_TRANSLATE_NOOP("Error", "{path}: the last edits could not be put on the disk: {detail}. They are still in memory; make room, or save the project to another disk."))
POSELIFT_ERROR(JournalSetAside, QT_TRANSLATE_NOOP("Error", "{path}: this journal of edits does not go with the project. It was not used and is kept as {found}."))
POSELIFT_ERROR(JournalElsewhere, QT_TRANSLATE_NOOP("Error", "The folder of {path} cannot keep a journal of edits ({detail}). Until you save, the edits are kept in {found}."))
// Media
POSELIFT_ERROR(NotAVideo, QT_TRANSLATE_NOOP("Error", "{path}: expected a video or a folder of pictures, found something else ({detail})."))
POSELIFT_ERROR(NoVideoStream, QT_TRANSLATE_NOOP("Error", "{path}: expected a video stream, found only {found}."))
POSELIFT_ERROR(NoFrames, QT_TRANSLATE_NOOP("Error", "{path}: expected at least one frame, found none."))
POSELIFT_ERROR(UnsupportedCodec, QT_TRANSLATE_NOOP("Error", "{path}: this program has no decoder for the codec '{found}'."))
POSELIFT_ERROR(FrameOutOfRange, QT_TRANSLATE_NOOP("Error", "{path}: frame {found} was asked for, expected 0 to {expected}."))
POSELIFT_ERROR(DecodeFailed, QT_TRANSLATE_NOOP("Error", "{path}: frame {frame} cannot be decoded: {detail}."))
// Skeletons and poses
POSELIFT_ERROR(UnknownSkeleton, QT_TRANSLATE_NOOP("Error", "Unknown skeleton '{found}'; known are {expected}."))
POSELIFT_ERROR(UnknownJointOrder, QT_TRANSLATE_NOOP("Error", "{path}: the joint order is not known. Expected one of: {expected}. Found: {found}."))
POSELIFT_ERROR(MissingJoints, QT_TRANSLATE_NOOP("Error", "Skeleton '{name}' cannot be mapped: expected the joints {expected}, found {found}."))
// Edits in 3D
POSELIFT_ERROR(NoCamera, QT_TRANSLATE_NOOP("Error", "The video's camera is not known; without it a 3D edit cannot be shown in the picture."))
POSELIFT_ERROR(JointBehindCamera, QT_TRANSLATE_NOOP("Error", "The {name} would lie behind the camera; nothing was moved."))
POSELIFT_ERROR(JointLocked, QT_TRANSLATE_NOOP("Error", "The {name} is locked in the picture; unlock it to move it in 3D."))
POSELIFT_ERROR(JointNotInCorrections, QT_TRANSLATE_NOOP("Error", "The {name} cannot be corrected: the corrections of this project are of the skeleton '{found}', which does not have it."))
// Models
POSELIFT_ERROR(NoDetector, QT_TRANSLATE_NOOP("Error", "No 2D detector is installed. Install one with: poselift-cli models install FOLDER (README, section \"Detectors\", names files to download)."))
POSELIFT_ERROR(NoLifter, QT_TRANSLATE_NOOP("Error", "No lifting model is installed; expected one in {expected}."))
POSELIFT_ERROR(ModelNotFound, QT_TRANSLATE_NOOP("Error", "Model '{found}' is not installed; installed are: {expected}."))
POSELIFT_ERROR(UnknownModelFile, QT_TRANSLATE_NOOP("Error", "{path}: this file (sha256 {found}) is not one that this program knows. Put it into a folder with a model.json that has the fields {expected}, then install the folder."))
POSELIFT_ERROR(NothingToInstall, QT_TRANSLATE_NOOP("Error", "{path}: expected a folder with a model.json or with weights that this program knows, found neither. A model.json has the fields {expected}."))
POSELIFT_ERROR(ManifestField, QT_TRANSLATE_NOOP("Error", "{path}: field '{name}': expected {expected}, found {found}."))
POSELIFT_ERROR(ChecksumMismatch, QT_TRANSLATE_NOOP("Error", "{path}: the sha256 does not match its manifest: expected {expected}, found {found}."))
POSELIFT_ERROR(NetworkNotReadable, QT_TRANSLATE_NOOP("Error", "{path}: the network cannot be loaded: {detail}."))
POSELIFT_ERROR(UnsupportedOperator, QT_TRANSLATE_NOOP("Error", "{path}: this version of OpenCV ({version}) cannot run the operator '{name}' of the network."))
POSELIFT_ERROR(WrongOutput, QT_TRANSLATE_NOOP("Error", "{path}: the network's output '{name}': expected {expected}, found {found}."))
POSELIFT_ERROR(InferenceFailed, QT_TRANSLATE_NOOP("Error", "{path}: the network failed: {detail}."))
// Jobs and arguments
POSELIFT_ERROR(BadArgument, QT_TRANSLATE_NOOP("Error", "Argument {name}: expected {expected}, found {found}."))
POSELIFT_ERROR(ProtocolVersion, QT_TRANSLATE_NOOP("Error", "The worker speaks protocol version {found}, expected {expected}."))
POSELIFT_ERROR(ProtocolMessage, QT_TRANSLATE_NOOP("Error", "The worker protocol: expected {expected}, found {found}."))
POSELIFT_ERROR(WorkerDied, QT_TRANSLATE_NOOP("Error", "The background worker stopped unexpectedly ({detail}). Nothing was lost; start it again to go on."))
POSELIFT_ERROR(NothingToLearn, QT_TRANSLATE_NOOP("Error", "{path}: expected {expected} to learn from, found {found}."))
POSELIFT_ERROR(TrainingDiverged, QT_TRANSLATE_NOOP("Error", "Training stopped at step {step}: the loss is not a finite number (batch of {name})."))
POSELIFT_ERROR(OutOfMemory, QT_TRANSLATE_NOOP("Error", "Memory ran out (batch of {batch}). Close other programs, or choose a smaller batch or network."))
POSELIFT_ERROR(RankLost, QT_TRANSLATE_NOOP("Error", "Training stopped at step {step}: process {rank} of {size} lost contact with the others ({detail}). The run can go on from its last checkpoint."))
// Qt's own definition must find the name free.
#ifdef POSELIFT_OWN_TRANSLATE_NOOP
#undef QT_TRANSLATE_NOOP
#undef POSELIFT_OWN_TRANSLATE_NOOP
#endif
