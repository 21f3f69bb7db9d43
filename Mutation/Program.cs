using System.Text;
using Conformance.Mutation;
using Conformance.Mutation.Workers;

using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
if (args is [WorkerOptions.Command, ..])
{
    Console.SetOut(TextWriter.Null); // standard output carries results only, whatever a mutant says
    return Worker.Run(WorkerOptions.Parse(args), Console.In, output);
}

return MutationCommand.Run(args, output, Console.Error);
