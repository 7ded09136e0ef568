using FluentMigrator.Builders.Create.Table;

namespace Plenum.Kernel.Data;

/// <summary>Column types that mean the same on SQLite and PostgreSQL.</summary>
public static class Columns
{
    extension(ICreateTableColumnAsTypeSyntax column)
    {
        /// <summary>A UTC instant: timestamptz on PostgreSQL; SQLite takes any type name and stores EF's ISO text.</summary>
        public ICreateTableColumnOptionOrWithColumnSyntax AsInstant() => column.AsCustom("timestamptz");

        /// <summary>Text without a limit of its own; whoever writes it limits it.</summary>
        public ICreateTableColumnOptionOrWithColumnSyntax AsText() => column.AsCustom("text");

        /// <summary>Bytes: bytea on PostgreSQL, BLOB by affinity on SQLite.</summary>
        public ICreateTableColumnOptionOrWithColumnSyntax AsBytes() => column.AsBinary(int.MaxValue);
    }
}
