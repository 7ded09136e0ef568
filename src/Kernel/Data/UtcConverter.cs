using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Plenum.Kernel.Data;

/// <summary>Instants are UTC on both databases: SQLite forgets the kind, PostgreSQL refuses any other.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    instant => instant.Kind == DateTimeKind.Local ? instant.ToUniversalTime() : DateTime.SpecifyKind(instant, DateTimeKind.Utc),
    stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc));
