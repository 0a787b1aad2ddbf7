#include "core/jobs/protocol.h"

#include <optional>

namespace poselift {

namespace {

using nlohmann::json;

/// One line of text; bytes that are not UTF-8 (file names) are replaced instead of thrown at.
std::string dumped(const json &message)
{
    return message.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// How much of a line that cannot be read is quoted back.
constexpr std::size_t kQuotedLength = 80;

Error invalid(const std::string &expected, std::string found)
{
    if (found.size() > kQuotedLength)
        found = found.substr(0, kQuotedLength) + "…";
    return Error(ErrorCode::ProtocolMessage, {{"expected", expected}, {"found", found}});
}

/// Reads the fields of one message; the first that is wrong is kept as the error.
class FieldReader
{
public:
    explicit FieldReader(const json &message) : m_message(message) {}

    std::int64_t integer(const char *name)
    {
        const json *field = find(name, "an integer", [](const json &f) { return f.is_number_integer(); });
        return field ? field->get<std::int64_t>() : 0;
    }
    std::string string(const char *name)
    {
        const json *field = find(name, "a string", [](const json &f) { return f.is_string(); });
        return field ? field->get<std::string>() : std::string();
    }
    json object(const char *name)
    {
        const json *field = find(name, "an object", [](const json &f) { return f.is_object(); });
        return field ? *field : json::object();
    }
    json objectOrEmpty(const char *name) { return m_message.contains(name) ? object(name) : json::object(); }

    const std::optional<Error> &error() const { return m_error; }

private:
    template <typename Check>
    const json *find(const char *name, const char *kind, Check check)
    {
        const auto field = m_message.find(name);
        if (field != m_message.end() && check(*field))
            return &*field;
        if (!m_error)
            m_error = invalid(std::string("field '") + name + "' to be " + kind,
                              field == m_message.end() ? "none" : dumped(*field));
        return nullptr;
    }

    const json &m_message;
    std::optional<Error> m_error;
};

struct TypedMessage
{
    json fields;
    std::string type;
};

Result<TypedMessage> parseTyped(const std::string &line)
{
    TypedMessage message;
    message.fields = json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!message.fields.is_object())
        return invalid("a JSON object in one line", line);
    FieldReader reader(message.fields);
    message.type = reader.string("type");
    if (reader.error())
        return *reader.error();
    return message;
}

json jobMessage(const char *type, JobId job)
{
    return {{"type", type}, {"job", job}};
}

json dataMessage(const char *type, JobId job, const json &data)
{
    json message = jobMessage(type, job);
    message["data"] = data.is_object() ? data : json::object();
    return message;
}

struct ToJson
{
    json operator()(const StartMessage &m) const
    {
        json message = jobMessage("start", m.job);
        message["kind"] = m.kind;
        message["arguments"] = m.arguments.is_object() ? m.arguments : json::object();
        return message;
    }
    json operator()(const CancelMessage &m) const { return jobMessage("cancel", m.job); }
    json operator()(const InputMessage &m) const { return dataMessage("input", m.job, m.data); }
    json operator()(const QuitMessage &) const { return {{"type", "quit"}}; }

    json operator()(const HelloMessage &m) const
    {
        return {{"type", "hello"}, {"protocol", m.protocol}, {"version", m.version}};
    }
    json operator()(const StartedMessage &m) const { return jobMessage("started", m.job); }
    json operator()(const ProgressMessage &m) const
    {
        json message = jobMessage("progress", m.job);
        message["stage"] = m.progress.stage;
        message["done"] = m.progress.done;
        message["total"] = m.progress.total;
        message["note"] = m.progress.note;
        return message;
    }
    json operator()(const OutputMessage &m) const { return dataMessage("output", m.job, m.data); }
    json operator()(const FinishedMessage &m) const
    {
        json message = jobMessage("finished", m.job);
        message["result"] = m.result.is_object() ? m.result : json::object();
        return message;
    }
    json operator()(const FailedMessage &m) const
    {
        json message = jobMessage("failed", m.job);
        message["error"] = toJson(m.error);
        return message;
    }
    json operator()(const CancelledMessage &m) const { return jobMessage("cancelled", m.job); }
};

ProgressMessage readProgress(FieldReader &reader)
{
    ProgressMessage message;
    message.job = reader.integer("job");
    message.progress = {reader.string("stage"), reader.integer("done"), reader.integer("total"),
                        reader.string("note")};
    return message;
}

} // namespace

std::string toLine(const RequestMessage &message)
{
    return dumped(std::visit(ToJson(), message));
}

std::string toLine(const ReplyMessage &message)
{
    return dumped(std::visit(ToJson(), message));
}

Result<RequestMessage> parseRequest(const std::string &line)
{
    const Result<TypedMessage> typed = parseTyped(line);
    if (!typed)
        return typed.error();
    FieldReader reader(typed->fields);
    RequestMessage message;
    if (typed->type == "start")
        message = StartMessage{reader.integer("job"), reader.string("kind"), reader.objectOrEmpty("arguments")};
    else if (typed->type == "cancel")
        message = CancelMessage{reader.integer("job")};
    else if (typed->type == "input")
        message = InputMessage{reader.integer("job"), reader.object("data")};
    else if (typed->type == "quit")
        message = QuitMessage();
    else
        return invalid("type start, cancel, input or quit", typed->type);
    if (reader.error())
        return *reader.error();
    return message;
}

Result<ReplyMessage> parseReply(const std::string &line)
{
    const Result<TypedMessage> typed = parseTyped(line);
    if (!typed)
        return typed.error();
    FieldReader reader(typed->fields);
    ReplyMessage message;
    if (typed->type == "hello")
        message = HelloMessage{static_cast<int>(reader.integer("protocol")), reader.string("version")};
    else if (typed->type == "started")
        message = StartedMessage{reader.integer("job")};
    else if (typed->type == "progress")
        message = readProgress(reader);
    else if (typed->type == "output")
        message = OutputMessage{reader.integer("job"), reader.object("data")};
    else if (typed->type == "finished")
        message = FinishedMessage{reader.integer("job"), reader.object("result")};
    else if (typed->type == "failed")
        message = FailedMessage{reader.integer("job"), errorFromJson(reader.object("error"))};
    else if (typed->type == "cancelled")
        message = CancelledMessage{reader.integer("job")};
    else
        return invalid("type hello, started, progress, output, finished, failed or cancelled", typed->type);
    if (reader.error())
        return *reader.error();
    return message;
}

nlohmann::json toJson(const Error &error)
{
    json arguments = json::object();
    for (const auto &[name, value] : error.arguments())
        arguments[name] = value;
    return {{"code", errorName(error.code())}, {"arguments", arguments}, {"sentence", error.sentence()}};
}

Error errorFromJson(const nlohmann::json &description)
{
    const json object = description.is_object() ? description : json::object();
    const auto text = [](const json &value) { return value.is_string() ? value.get<std::string>() : dumped(value); };
    const std::string name = object.contains("code") ? text(object["code"]) : std::string();
    const ErrorCode code = errorCodeFromName(name);
    if (code == ErrorCode::Internal && name != errorName(ErrorCode::Internal))
        return Error(ErrorCode::Internal, {{"detail", object.contains("sentence") ? text(object["sentence"]) : name}});
    std::vector<Error::Argument> arguments;
    if (const auto found = object.find("arguments"); found != object.end() && found->is_object()) {
        for (const auto &[key, value] : found->items())
            arguments.emplace_back(key, text(value));
    }
    return Error(code, std::move(arguments));
}

} // namespace poselift
