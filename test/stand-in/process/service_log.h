// SPDX-License-Identifier: MIT
//
// Writes service.log, beside the folder of the jobs, which tells what the service did when a test
// fails. The guardian and the worker append a line for each rare event and each turn of a download,
// and none for calls.
#pragma once

#include <string>

namespace dosvc_stand_in {

// Opens the log. Call it once in a process, before Log(). `store`: the folder of the jobs.
void OpenGuardiansLog(const std::wstring& store);
void OpenWorkersLog(const std::wstring& store);

// [any] Appends a line, formatted as by std::printf, after the time and the process. It neither
// throws nor allocates memory, so that a crashing process can log. Without an open file it does
// nothing.
void Log(const wchar_t* format, ...) noexcept;

}  // namespace dosvc_stand_in
