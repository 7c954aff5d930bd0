// SPDX-License-Identifier: MIT

#include "server/record_text.h"

#include <objbase.h>

#include <cwchar>
#include <functional>
#include <map>
#include <sstream>
#include <type_traits>

namespace dosvc_stand_in {
namespace {

constexpr wchar_t kEnd[] = L"end";

std::wstring Escape(const std::wstring& text) {
  std::wstring line;
  for (const wchar_t c : text) {
    if (c == L'\\') {
      line += L"\\\\";
    } else if (c == L'\n') {
      line += L"\\n";
    } else if (c == L'\r') {
      line += L"\\r";
    } else {
      line += c;
    }
  }
  return line;
}

std::wstring Unescape(const std::wstring& line) {
  std::wstring text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != L'\\' || i + 1 == line.size()) {
      text += line[i];
      continue;
    }
    const wchar_t c = line[++i];
    text += c == L'n' ? L'\n' : c == L'r' ? L'\r' : c;
  }
  return text;
}

class Writer {
 public:
  void operator()(const wchar_t* name, const std::wstring& value) {
    if (!value.empty()) Line(name, Escape(value));
  }
  void operator()(const wchar_t* name, const GUID& value) { Line(name, SpellGuid(value)); }
  template <typename Value>
  void operator()(const wchar_t* name, const std::optional<Value>& value) {
    if (value) (*this)(name, *value);
  }
  template <typename Number,
            typename = std::enable_if_t<std::is_arithmetic_v<Number> || std::is_enum_v<Number>>>
  void operator()(const wchar_t* name, Number value) {
    Line(name, std::to_wstring(static_cast<std::int64_t>(value)));
  }
  void Line(const wchar_t* name, const std::wstring& value) {
    text_ += name;
    text_ += L' ';
    text_ += value;
    text_ += L'\n';
  }
  std::wstring Take() { return std::move(text_); }

 private:
  std::wstring text_;
};

// The values of one job or of one of its files, by name.
class Reader {
 public:
  explicit Reader(std::map<std::wstring, std::wstring> values) : values_(std::move(values)) {}

  void operator()(const wchar_t* name, std::wstring& value) const {
    if (const auto* line = Find(name)) value = Unescape(*line);
  }
  void operator()(const wchar_t* name, GUID& value) const {
    if (const auto* line = Find(name)) CLSIDFromString(line->c_str(), &value);
  }
  template <typename Value>
  void operator()(const wchar_t* name, std::optional<Value>& value) const {
    if (!Find(name)) return;
    (*this)(name, value.emplace());
  }
  template <typename Number,
            typename = std::enable_if_t<std::is_arithmetic_v<Number> || std::is_enum_v<Number>>>
  void operator()(const wchar_t* name, Number& value) const {
    if (const auto* line = Find(name)) {
      value = static_cast<Number>(std::wcstoll(line->c_str(), nullptr, 10));
    }
  }

 private:
  const std::wstring* Find(const wchar_t* name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second;
  }

  std::map<std::wstring, std::wstring> values_;
};

// Every value has its name here, for both directions.
template <typename Each, typename Job>
void EachOfJob(Each& each, Job& job) {
  each(L"id", job.id);
  each(L"display-name", job.display_name);
  each(L"state", job.state);
  each(L"priority", job.priority);
  each(L"notify-flags", job.notify_flags);
  each(L"no-progress-timeout", job.no_progress_timeout);
  each(L"cost-flags", job.cost_flags);
  each(L"notification-class", job.notification_class);
  each(L"foreign", job.foreign);
  each(L"created", job.created);
  each(L"modified", job.modified);
  each(L"transferred-at", job.transferred);
  each(L"progressed", job.progressed);
  each(L"error", job.error.code);
  each(L"error-context", job.error.context);
  each(L"error-file", job.error.file);
  each(L"error-text", job.error.text);
}

template <typename Each, typename File>
void EachOfFile(Each& each, File& file) {
  each(L"file-id", file.id);
  each(L"local-name", file.local_name);
  each(L"url", file.source.url);
  each(L"temporary-path", file.source.temporary_path);
  each(L"done", file.state.done);
  each(L"total", file.state.total);
  each(L"remote-size", file.state.remote_size);
  each(L"etag", file.state.etag);
  each(L"last-modified", file.state.last_modified);
  each(L"final-url", file.state.final_url);
  each(L"declared-size", file.declared_size);
  each(L"transferred", file.transferred);
  each(L"published", file.published);
  each(L"response-headers", file.response_headers);
  each(L"decryption-info", file.decryption_info);
  each(L"integrity-info", file.integrity_info);
  each(L"integrity-mandatory", file.integrity_mandatory);
}

constexpr wchar_t kFile[] = L"file";
constexpr wchar_t kRange[] = L"range";

FileRecord FileOf(std::map<std::wstring, std::wstring> values, std::vector<Span> ranges) {
  FileRecord file;
  const Reader reader(std::move(values));
  EachOfFile(reader, file);
  file.source.ranges = std::move(ranges);
  return file;
}

}  // namespace

std::wstring SpellGuid(const GUID& guid) {
  wchar_t text[39] = {};
  StringFromGUID2(guid, text, 39);
  return text;
}

std::wstring Write(const JobRecord& job) {
  Writer writer;
  EachOfJob(writer, job);
  for (const auto& file : job.files) {
    writer.Line(kFile, L"");
    EachOfFile(writer, file);
    for (const auto& range : file.source.ranges) {
      writer.Line(kRange,
                  std::to_wstring(static_cast<std::int64_t>(range.offset)) + L" " +
                      std::to_wstring(static_cast<std::int64_t>(range.length)));
    }
  }
  writer.Line(kEnd, L"");
  return writer.Take();
}

std::optional<JobRecord> Read(const std::wstring& text) {
  JobRecord job;
  std::map<std::wstring, std::wstring> values;
  std::vector<Span> ranges;
  bool in_file = false;
  // What was read so far is the job's, or a file's.
  const auto section = [&] {
    if (in_file) {
      job.files.push_back(FileOf(std::move(values), std::move(ranges)));
    } else {
      const Reader reader(std::move(values));
      EachOfJob(reader, job);
    }
    values.clear();
    ranges.clear();
  };
  std::wistringstream lines(text);
  for (std::wstring line; std::getline(lines, line);) {
    const auto space = line.find(L' ');
    const auto name = line.substr(0, space);
    const auto value = space == std::wstring::npos ? std::wstring() : line.substr(space + 1);
    if (name == kFile || name == kEnd) {
      section();
      in_file = true;
      if (name == kEnd) return job;
    } else if (name == kRange) {
      wchar_t* rest = nullptr;
      const auto offset = std::wcstoll(value.c_str(), &rest, 10);
      const auto length = std::wcstoll(rest, nullptr, 10);
      ranges.push_back({static_cast<std::uint64_t>(offset), static_cast<std::uint64_t>(length)});
    } else {
      values[name] = value;
    }
  }
  return std::nullopt;
}

}  // namespace dosvc_stand_in
