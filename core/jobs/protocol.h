#pragma once

#include "core/base/error.h"
#include "core/base/job.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <variant>

#include <nlohmann/json.hpp>

namespace poselift {

/// Version of the JSON-lines protocol between the application and `poselift-cli serve`.
/// 2: `input` and `output`, the dialogue of interactive jobs.
inline constexpr int kProtocolVersion = 2;

/// Worker → application, first line: {"type":"hello","protocol":2,"version":"…"}
/// Application → worker:  {"type":"start","job":7,"kind":"run","arguments":{…}}
///                        {"type":"cancel","job":7}
///                        {"type":"input","job":7,"data":{…}}
///                        {"type":"quit"}
/// Worker → application:  {"type":"started","job":7}
///                        {"type":"progress","job":7,"stage":"detect","done":12,"total":230,"note":""}  ≤ 10/s
///                        {"type":"output","job":7,"data":{…}}
///                        then exactly one of
///                        {"type":"finished","job":7,"result":{…}}
///                        {"type":"failed","job":7,"error":{"code":"…","arguments":{…},"sentence":"…"}}
///                        {"type":"cancelled","job":7}
/// Job ids are the application's, 1, 2, …, never used twice. A `failed` of job 0 answers a line that
/// belongs to no job: one that cannot be read. A worker whose input ends has lost its application:
/// it cancels its jobs and exits.
/// `input` and `output` are for interactive jobs, which take requests while they run; what `data`
/// holds is the job kind's own (models/cli/interactivejob.h). They stay small: arrays of a few hundred
/// frames, as base64 (core/jobs/base64.h: a tenth of the time that JSON numbers take).
using JobId = std::int64_t;

struct StartMessage { JobId job = 0; std::string kind; nlohmann::json arguments; };
struct CancelMessage { JobId job = 0; };
struct InputMessage { JobId job = 0; nlohmann::json data; };
struct QuitMessage {};
using RequestMessage = std::variant<StartMessage, CancelMessage, InputMessage, QuitMessage>;

struct HelloMessage { int protocol = 0; std::string version; };
struct StartedMessage { JobId job = 0; };
struct ProgressMessage { JobId job = 0; JobProgress progress; };
struct OutputMessage { JobId job = 0; nlohmann::json data; };
struct FinishedMessage { JobId job = 0; nlohmann::json result; };
struct FailedMessage { JobId job = 0; Error error; };
struct CancelledMessage { JobId job = 0; };
using ReplyMessage = std::variant<HelloMessage, StartedMessage, ProgressMessage, OutputMessage,
                                  FinishedMessage, FailedMessage, CancelledMessage>;

/// One line without its newline.
std::string toLine(const RequestMessage &message);
std::string toLine(const ReplyMessage &message);
/// ProtocolMessage when the line is not valid.
Result<RequestMessage> parseRequest(const std::string &line);
Result<ReplyMessage> parseReply(const std::string &line);

nlohmann::json toJson(const Error &error);
/// Arguments come back sorted by name. A code that this version does not know becomes Internal with
/// the other version's sentence.
Error errorFromJson(const nlohmann::json &json);

} // namespace poselift
